using System.Text.RegularExpressions;

namespace Veelocity.Web.Tests.Docs;

/// <summary>Commands, scripts and pages that the documents name are there.</summary>
public sealed partial class NamedThingsTests
{
    // Tabs of GitHub's own settings.
    private static readonly string[] OfGitHub = ["Webhooks →", "Developer settings →"];

    private const string Settings = "Veelocity.Web/Pages/Settings/_SettingsHead.cshtml";

    public static TheoryData<string> Documents() => LinkTests.Documents();

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_make_command_is_in_the_Makefile_and_every_script_in_build(string document)
    {
        var text = Read(document);
        Assert.DoesNotContain(Make().Matches(text).Select(m => m.Groups["target"].Value), target => !Targets.Contains(target));
        Assert.DoesNotContain(Script().Matches(text).Select(m => m.Groups["path"].Value), path => !File.Exists(Path.Combine(LinkTests.Root, path)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_tab_of_the_settings_has_the_name_that_it_has_in_the_app(string document)
    {
        // What was true of an older version stays as it was said then.
        if (document is "CHANGELOG.md") return;
        Assert.DoesNotContain(SettingsTab().Matches(Read(document)).Select(m => m.Groups["tab"].Value).Where(named => !OfGitHub.Any(tab => named.StartsWith(tab, StringComparison.Ordinal))), named => !Tabs.Any(tab => named == tab || named.StartsWith(tab + " →", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Then `make everything`.")]
    [InlineData("```\nmake nothing\n```")]
    public void A_command_that_is_none_is_noticed(string text) => Assert.DoesNotContain(Make().Match(text).Groups["target"].Value, Targets);

    [Fact]
    public void Commands_scripts_and_tabs_are_found()
    {
        Assert.Contains("demo", Targets);
        Assert.Contains("Metric rules", Tabs);
        Assert.Contains("Audit log", Tabs);
        var all = string.Concat(Documents().Select(row => Read(row.Data)));
        Assert.True(Make().Count(all) > 5 && Script().Count(all) > 2 && SettingsTab().Count(all) > 10);
    }

    private static HashSet<string> Targets => [.. Target().Matches(Read("Makefile")).Select(m => m.Groups["name"].Value)];

    private static HashSet<string> Tabs => [.. Tab().Matches(Read(Settings)).Select(m => m.Groups["name"].Value)];

    private static string Read(string path) => File.ReadAllText(Path.Combine(LinkTests.Root, path));

    [GeneratedRegex(@"(`|^)make (?<target>[a-z]\S*?)(?=[`\s])", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Make();

    [GeneratedRegex(@"(?<![\w/.])(?<path>build/[\w-]+\.(mjs|sh))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Script();

    [GeneratedRegex(@"\*{1,2}Settings(,| →) (?<tab>[^*]+?)\*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SettingsTab();

    [GeneratedRegex("^(?<name>[a-z]+):", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Target();

    [GeneratedRegex("""\("(?<name>[A-Z][A-Za-z ]+)", here""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Tab();
}
