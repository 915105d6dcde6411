using Microsoft.Playwright;

namespace Veelocity.E2E.Stage;

/// <summary>axe-core from npm, run in the page itself.</summary>
internal static class Axe
{
    private static readonly string[] Tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private static readonly Lazy<string> Source =
        new(() => File.ReadAllText(Path.Combine(Repository.Root, "node_modules", "axe-core", "axe.min.js")));

    // Measuring contrast takes most of the time, and a list has a thousand texts of one look: what is painted alike is measured a few times.
    private const string Looks = """
        () => {
          const [backs, looks] = [new Map(), new Map()];
          const back = element => {
            if (!element) return '';
            if (!backs.has(element)) {
              const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode } = getComputedStyle(element);
              const own = [backgroundColor, backgroundImage, opacity, filter, mixBlendMode].join();
              const before = back(element.parentElement);
              backs.set(element, own === 'rgba(0, 0, 0, 0),none,1,none,normal' ? before : `${before}/${own}`);
            }
            return backs.get(element);
          };
          const isDisabled = element => !!element.closest(':disabled, [aria-disabled=true], [inert]') || !!element.closest('label')?.control?.disabled;
          const note = element => {
            const { color, fontSize, fontWeight, textShadow, visibility } = getComputedStyle(element);
            const isSeen = element.checkVisibility() && element.offsetWidth > 1;
            const key = [back(element), color, fontSize, fontWeight, textShadow, visibility, isSeen, isDisabled(element),
              element.localName, element.className, element.parentElement.className].join();
            const alike = looks.get(key) ?? looks.set(key, []).get(key);
            if (alike.length < 4 && !alike.includes(element)) alike.push(element);
          };
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const { data, parentElement } = texts.currentNode;
            if (data.trim() && !parentElement.matches('script, style, template, noscript')) note(parentElement);
          }
          document.querySelectorAll('input, select, textarea').forEach(note);
          return [...looks.values()].flat();
        }
        """;

    // A panel covers what can be pressed below it, so only what is in the panel has to be large enough while it is open.
    private const string Run = $$"""
        async tags => {
          const found = [];
          const run = async (context, runOnly, rules = {}) =>
            found.push(...(await axe.run(context, { runOnly, rules, resultTypes: ['violations'] })).violations);
          const open = document.querySelector('details[data-menu][open], dialog[open]');
          if (tags) {
            const apart = { 'color-contrast': { enabled: false }, 'target-size': { enabled: !open } };
            await run(document, { type: 'tag', values: tags }, apart);
            if (open) await run(open, { type: 'rule', values: ['target-size'] });
          }
          await run({ include: ({{Looks}})() }, { type: 'rule', values: ['color-contrast'] });
          const why = node => [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ');
          return found.flatMap(({ id, help, nodes }) =>
            nodes.map(node => `${id}: ${help}\n  ${node.target}: ${node.html}\n  ${why(node)}`));
        }
        """;

    /// <summary>All rules of WCAG 2.2 AA and the best practices.</summary>
    public static Task FindsNothingAsync(IPage page, string look) => FindsNothingAsync(page, Tags, look);

    /// <summary>Contrast alone: all that a change of colors can break.</summary>
    public static Task FindsEnoughContrastAsync(IPage page, string look) => FindsNothingAsync(page, null, look);

    private static async Task FindsNothingAsync(IPage page, string[]? tags, string look)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in globalThis")) await page.EvaluateAsync(Source.Value);
        // What was folded, or has changed its colors, is drawn with the next frame; axe may look before.
        await page.SettleAsync();
        var found = await page.EvaluateAsync<string[]>(Run, tags);
        Assert.True(found.Length == 0, $"{page.Url} in {look}:\n{string.Join('\n', found)}");
    }
}
