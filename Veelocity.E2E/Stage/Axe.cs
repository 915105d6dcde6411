using Microsoft.Playwright;

namespace Veelocity.E2E.Stage;

/// <summary>axe-core from npm, run in the page itself.</summary>
internal static class Axe
{
    private static readonly string[] Tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private static readonly Lazy<string> Source =
        new(() => File.ReadAllText(Path.Combine(Repository.Root, "node_modules", "axe-core", "axe.min.js")));

    private const string Run = """
        async runOnly => {
          const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] });
          const why = node => [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ');
          return violations.flatMap(({ id, help, nodes }) =>
            nodes.map(node => `${id}: ${help}\n  ${node.target}: ${node.html}\n  ${why(node)}`));
        }
        """;

    /// <summary>All rules of WCAG 2.2 AA and the best practices.</summary>
    public static Task FindsNothingAsync(IPage page, string look) =>
        FindsNothingAsync(page, new { type = "tag", values = Tags }, look);

    /// <summary>Contrast alone: all that a change of colors can break.</summary>
    public static Task FindsEnoughContrastAsync(IPage page, string look) =>
        FindsNothingAsync(page, new { type = "rule", values = new[] { "color-contrast" } }, look);

    private static async Task FindsNothingAsync(IPage page, object rules, string look)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in globalThis")) await page.EvaluateAsync(Source.Value);
        // What was folded, or has changed its colors, is drawn with the next frame; axe may look before.
        await page.SettleAsync();
        var found = await page.EvaluateAsync<string[]>(Run, rules);
        Assert.True(found.Length == 0, $"{page.Url} in {look}:\n{string.Join('\n', found)}");
    }
}
