using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>Whose work a development metric is asked about.</summary>
/// <param name="Query">As a request says it, empty for everyone's.</param>
/// <param name="RepositoryId">Null for all.</param>
/// <param name="People">Null for all; whoever wrote it or was assigned to it.</param>
internal sealed record WorkScope(string Query, Guid? RepositoryId = null, IReadOnlySet<Guid>? People = null)
{
    /// <summary>people, agents or both.</summary>
    public string Authors { get; init; } = "people";

    /// <summary>Also what no person, or nobody in a team, did.</summary>
    public bool WithNobody { get; init; }

    /// <summary>Null for calendar time.</summary>
    public WorkingClock? Clock { get; init; }

    /// <summary>Never negative (M6).</summary>
    public double Seconds(DateTimeOffset from, DateTimeOffset to) => Clock?.Seconds(from, to) ?? Math.Max(0, (to - from).TotalSeconds);

    public bool HoldsPerson(Guid? person) => People is null || (person is { } id ? People.Contains(id) : WithNobody);
}

/// <summary>A part of the work.</summary>
/// <param name="IsMember">Whether work of this person (null for nobody) in this repository (null for several) is in it.</param>
internal sealed record WorkPart(string Key, string Label, DateOnly? Start, Stretch In, bool Partial, Func<Guid?, Guid?, bool>? IsMember = null)
{
    public bool Holds(Guid? person, Guid? repository) => IsMember is null || IsMember(person, repository);
}
