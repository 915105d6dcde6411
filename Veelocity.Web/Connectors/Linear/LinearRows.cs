using System.Text.Json;

namespace Veelocity.Web.Connectors.Linear;

// What Linear answers, as far as it is used. Anything may be missing; words are words, because new ones come.

internal sealed record PageInfo(bool HasNextPage, string? EndCursor);

/// <summary>A page of rows that are read one by one.</summary>
internal sealed record RowPage(PageInfo? PageInfo, IReadOnlyList<JsonElement>? Nodes)
{
    public string? Next => PageInfo is { HasNextPage: true, EndCursor: { } cursor } ? cursor : null;
}

/// <summary>A page inside a row.</summary>
internal sealed record InnerPage<T>(PageInfo? PageInfo, IReadOnlyList<T?>? Nodes)
    where T : class
{
    public string? Next => PageInfo is { HasNextPage: true, EndCursor: { } cursor } ? cursor : null;

    public IEnumerable<T> All => (Nodes ?? []).OfType<T>();
}

internal sealed record Reference(string? Id);

internal sealed record LabelRow(string? Name);

internal sealed record StateRow(string? Id, string? Name, string? Type);

internal sealed record SpanRow(string? Id, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, StateRow? State);

internal sealed record AttachmentRow(
    string? Id, string? Url, string? SourceType, string? Title, DateTimeOffset? CreatedAt, DateTimeOffset? ArchivedAt, Reference? Issue);

internal sealed record TeamRow(
    string? Id, string? Key, string? Name, string? Visibility, DateTimeOffset? ArchivedAt, DateTimeOffset? RetiredAt, bool? CyclesEnabled,
    string? IssueEstimationType, InnerPage<Reference>? Members);

internal sealed record UserRow(string? Id, string? Name, string? DisplayName, string? Email, bool? App, string? GitHubUserId);

internal sealed record ProjectRow(
    string? Id, string? Name, string? Url, string? Health, string? StartDate, string? TargetDate, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt,
    DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, DateTimeOffset? CanceledAt, DateTimeOffset? ArchivedAt, StateRow? Status, Reference? Lead,
    InnerPage<Reference>? Teams);

internal sealed record CycleRow(
    string? Id, double? Number, string? Name, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, DateTimeOffset? CompletedAt, DateTimeOffset? ArchivedAt,
    IReadOnlyList<double?>? ScopeHistory, IReadOnlyList<double?>? CompletedScopeHistory, IReadOnlyList<double?>? IssueCountHistory,
    IReadOnlyList<double?>? CompletedIssueCountHistory, Reference? Team);

internal sealed record IssueRow(
    string? Id, string? Identifier, IReadOnlyList<string>? PreviousIdentifiers, string? Title, string? Url, double? Priority, double? Estimate, string? BranchName,
    string? DueDate, bool? Trashed, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt,
    DateTimeOffset? CanceledAt, DateTimeOffset? ArchivedAt, DateTimeOffset? AddedToCycleAt, StateRow? State, Reference? Team, Reference? Assignee,
    Reference? Creator, Reference? Cycle, Reference? Project, Reference? Parent, InnerPage<LabelRow>? Labels, InnerPage<AttachmentRow>? Attachments,
    InnerPage<SpanRow>? StateHistory);

internal sealed record IssueIdRow(string? Id, DateTimeOffset? CreatedAt);

internal sealed record ViewerData(ViewerRow? Viewer) : GraphQlData;

internal sealed record ViewerRow(string? Id, string? Name, string? DisplayName, string? Email, OrganizationRow? Organization);

internal sealed record OrganizationRow(string? Id, string? Name, string? UrlKey);

internal sealed record TeamsData(RowPage? Teams) : GraphQlData;

internal sealed record TeamMembersData(TeamRow? Team) : GraphQlData;

internal sealed record UsersData(RowPage? Users) : GraphQlData;

internal sealed record ProjectsData(RowPage? Projects) : GraphQlData;

internal sealed record CyclesData(RowPage? Cycles) : GraphQlData;

internal sealed record IssuesData(RowPage? Issues) : GraphQlData;

internal sealed record IssueData(IssueRow? Issue) : GraphQlData;

internal sealed record AttachmentsData(RowPage? Attachments) : GraphQlData;

internal sealed record WebhookData(WebhookMade? WebhookCreate) : GraphQlData;

internal sealed record WebhookMade(bool Success);
