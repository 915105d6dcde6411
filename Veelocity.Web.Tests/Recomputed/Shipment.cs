using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>One deployment of a service, and what became of it.</summary>
internal sealed class Shipment
{
    public required Service Service { get; init; }
    public required string Environment { get; init; }
    public required bool IsProduction { get; init; }
    public required string Key { get; init; }
    public required string Title { get; init; }
    public required string Url { get; init; }
    public required string? Sha { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }
    public required bool HasSucceeded { get; init; }

    /// <summary>A member excluded it from every number.</summary>
    public bool IsExcluded { get; set; }

    /// <summary>The one whose commit it deploys again without changing what runs (M12).</summary>
    public Shipment? Repeats { get; set; }

    /// <summary>The one that failed, where this is a rollback (M14).</summary>
    public Shipment? TakesBack { get; set; }

    /// <summary>The first success of its service and environment, or of a commit that was not deployed before.</summary>
    public bool IsFirst { get; set; }

    public bool IsNew { get; set; }

    /// <summary>A deployment as M12 counts it.</summary>
    public bool IsRelease => HasSucceeded && Repeats is null;

    public bool Counts => IsRelease && !IsExcluded;

    public bool IsRollback => TakesBack is not null;

    /// <summary>Production is one place, however many environments it has.</summary>
    public string Place => IsProduction ? "" : Environment;
}
