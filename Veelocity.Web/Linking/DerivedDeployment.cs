using Veelocity.Web.Data;

namespace Veelocity.Web.Linking;

/// <summary>A deployment as its source tells it, before it is compared with those around it.</summary>
internal sealed record DerivedDeployment
{
    /// <summary>The environment of sources that name none.</summary>
    public const string ProductionEnvironment = "production";

    public required string SourceKey { get; init; }
    public string Environment { get; init; } = ProductionEnvironment;
    public bool IsProduction { get; init; } = true;
    public string? Sha { get; init; }
    public string? Ref { get; init; }
    public required string Title { get; init; }
    public required string Url { get; init; }
    public DeploymentOutcome Outcome { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>What it is compared within: all environments and regions of production are one (M12).</summary>
    public string Place => IsProduction ? "" : Environment;

    public bool IsSuccess => Outcome == DeploymentOutcome.Succeeded;

    /// <summary>In the order they finished; equals in the order they started, then in the order the provider numbered them.</summary>
    public static IOrderedEnumerable<DerivedDeployment> InOrder(IEnumerable<DerivedDeployment> deployments) =>
        deployments.OrderBy(d => d.FinishedAt).ThenBy(d => d.StartedAt)
            .ThenBy(d => d.SourceKey.Length).ThenBy(d => d.SourceKey, StringComparer.Ordinal);
}
