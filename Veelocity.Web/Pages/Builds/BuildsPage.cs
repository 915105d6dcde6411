using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Pages.Dora;
using Veelocity.Web.Pages.Shared;

namespace Veelocity.Web.Pages.Builds;

/// <summary>What the pages about builds have in common: the platform, which stands in the address and in every link.</summary>
internal abstract class BuildsPage(PageFilterReader filters, VeelocityDb db) : DoraPage(filters, db)
{
    public const string Home = "/builds";
    public const string List = "/builds/runs";

    /// <summary>Null for both.</summary>
    public BuildPlatform? Platform => Shared.Why.Parse<BuildPlatform>(Request.Query["platform"]);

    public string Address(string path, params IReadOnlyList<(string, string?)> also) => Chosen.Address(path, [("platform", WordOf(Platform)), .. also]);

    /// <summary>This page for another platform.</summary>
    public string AddressOf(BuildPlatform? platform) => Chosen.Address(Home, ("platform", WordOf(platform)), ("by", Request.Query["by"].ToString()));

    public string Why(ExplainedMetric metric, Figure figure = Figure.Headline, params IReadOnlyList<(string, string?)> also) =>
        Shared.Why.Address(Chosen, metric, figure, [("platform", WordOf(Platform)), .. also]);

    /// <summary>What a chart or table shows, as a file.</summary>
    public string Csv(Grouping grouping, string id) => Address(Home, ("by", grouping.Unit), ("csv", id));

    private static string? WordOf(BuildPlatform? platform) => platform is { } one ? Shared.Why.KeyOf(one) : null;
}
