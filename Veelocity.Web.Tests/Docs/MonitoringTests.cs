using System.Text.Json;
using System.Text.RegularExpressions;

namespace Veelocity.Web.Tests.Docs;

/// <summary>docs/monitoring.md, the dashboard and the alert rules speak of the same series as the app.</summary>
public sealed partial class MonitoringTests
{
    private static readonly string Root = LinkTests.Root;

    private static string Documented => File.ReadAllText(Path.Combine(Root, "docs", "monitoring.md"));

    [Theory]
    [InlineData("dashboard.json")]
    [InlineData("alerts.yaml")]
    public void Each_series_that_it_asks_for_is_documented(string file)
    {
        var asked = Series().Matches(File.ReadAllText(Path.Combine(Root, "infra", "monitoring", file))).Select(m => m.Value).Distinct().ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.Contains(Base(name), Documented, StringComparison.Ordinal));
    }

    [Fact]
    public void The_dashboard_is_json_whose_panels_all_ask_something()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "infra", "monitoring", "dashboard.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();
        Assert.NotEmpty(panels);
        Assert.All(panels, panel => Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray()));
    }

    // Histograms are asked for by their parts.
    private static string Base(string name) => Parts().Replace(name, "");

    [GeneratedRegex(@"\b(veelocity|http|db|kestrel|dotnet|process)_[a-z_]+\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Series();

    [GeneratedRegex("_(bucket|count|sum)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();
}
