namespace Veelocity.Web.Connectors;

/// <summary>A team of an issue tracker.</summary>
/// <param name="MemberExternalIds">The accounts that are in it.</param>
public sealed record IssueTeamFact(
    string ExternalId, string Key, string Name, bool IsPrivate, bool HasCycles, string? EstimateScale, IReadOnlyList<string> MemberExternalIds,
    DateTimeOffset? ArchivedAt) : Fact;

/// <summary>A time that an issue spent in one state; <see cref="EndedAt"/> is null while it is in it.</summary>
public sealed record StateSpanFact(string ExternalId, string StateName, string StateType, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);

/// <summary>An issue whole: its states and attachments belong to it and are replaced with it.</summary>
public sealed record IssueFact(
    string ExternalId,
    string Identifier,
    IReadOnlyList<string> PreviousIdentifiers,
    string TeamExternalId,
    string Title,
    string Url,
    string StateName,
    string StateType,
    int Priority,
    double? Estimate,
    string? BranchName,
    IReadOnlyList<string> Labels,
    string? AssigneeExternalId,
    string? CreatorExternalId,
    string? CycleExternalId,
    string? ProjectExternalId,
    string? ParentExternalId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? CanceledAt,
    DateTimeOffset? AddedToCycleAt,
    DateOnly? DueDate,
    DateTimeOffset? ArchivedAt,
    bool IsTrashed,
    IReadOnlyList<StateSpanFact> Spans,
    IReadOnlyList<IssueAttachmentFact> Attachments) : Fact;

/// <summary>A link that is kept at an issue; of an issue that is not stored it is passed over.</summary>
/// <param name="Url">Of a pull request without what follows its number, owner and repository in lower case.</param>
public sealed record IssueAttachmentFact(
    string IssueExternalId, string ExternalId, string Url, string? SourceType, string? Title, DateTimeOffset CreatedAt) : Fact;

/// <summary>A span of a team's planning; the days' figures are the provider's own, first day first.</summary>
public sealed record CycleFact(
    string ExternalId,
    string TeamExternalId,
    int Number,
    string? Name,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? ArchivedAt,
    IReadOnlyList<double> ScopeByDay,
    IReadOnlyList<double> CompletedScopeByDay,
    IReadOnlyList<double> IssuesByDay,
    IReadOnlyList<double> CompletedIssuesByDay) : Fact;

public sealed record ProjectFact(
    string ExternalId,
    string Name,
    string Url,
    string StatusName,
    string StatusType,
    string? Health,
    string? LeadExternalId,
    IReadOnlyList<string> TeamExternalIds,
    DateOnly? StartDate,
    DateOnly? TargetDate,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? CanceledAt,
    DateTimeOffset? ArchivedAt) : Fact;

/// <summary>An issue that the provider no longer has, or no longer shows.</summary>
public sealed record IssueGoneFact(string ExternalId) : Absence;

/// <summary>Of the issues created after <see cref="After"/> and not later than <see cref="UpTo"/> there are these and no others.</summary>
/// <param name="After">Null for the beginning of time.</param>
public sealed record OnlyIssuesFact(DateTimeOffset? After, DateTimeOffset UpTo, IReadOnlyCollection<string> ExternalIds) : Absence;

/// <summary>A cycle that was deleted.</summary>
public sealed record CycleGoneFact(string ExternalId) : Absence;

/// <summary>A project that was deleted.</summary>
public sealed record ProjectGoneFact(string ExternalId) : Absence;
