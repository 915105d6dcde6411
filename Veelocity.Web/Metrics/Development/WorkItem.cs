using System.Runtime.InteropServices;

namespace Veelocity.Web.Metrics.Development;

/// <summary>Why a pull request or an issue is not in a development metric (M35).</summary>
public enum WorkReason
{
    /// <summary>A member left it out.</summary>
    ByPerson,

    /// <summary>A bot wrote it (M29).</summary>
    Bot,

    /// <summary>A coding agent wrote it, and people's were asked for (M29).</summary>
    Agent,

    /// <summary>A person wrote it, and agents' were asked for.</summary>
    Person,

    /// <summary>Never marked as ready for review.</summary>
    NeverReady,

    /// <summary>Merged, and nobody had reviewed it (M26).</summary>
    NoReview,

    /// <summary>Closed without being merged (M30).</summary>
    Abandoned,

    /// <summary>Tied to no issue.</summary>
    Unlinked,

    /// <summary>Canceled, or a duplicate of another (M27).</summary>
    Canceled,

    /// <summary>Completed without ever having been started: undefined, not 0 (M27).</summary>
    Jumped,

    /// <summary>Completed without a linked pull request, or with one that is open.</summary>
    NotDelivered,
}

/// <summary>A pull request or an issue at the instant it counts at.</summary>
/// <param name="Seconds">How long it took, by the chosen clock; null where nothing is measured.</param>
/// <param name="RepositoryId">Null for issues, which can have several.</param>
/// <param name="PersonId">Who wrote it or was assigned to it; null when unknown.</param>
/// <param name="LeftOut">Null when it counts.</param>
/// <param name="IsMarked">A revert (M30), for pull requests.</param>
/// <param name="IsSkewed">Its end came before its start: it counts as 0 (M6).</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WorkItem(
    Guid Id, DateTime At, double? Seconds, Guid? RepositoryId, Guid? PersonId, WorkReason? LeftOut, bool IsMarked = false, bool IsSkewed = false)
{
    public bool Counts => LeftOut is null;
}
