using System.Globalization;
using System.Text.RegularExpressions;

namespace Veelocity.Web.Connectors.Linear;

/// <summary>Linear's rows in our words.</summary>
internal static partial class LinearFacts
{
    private const string Public = "public";

    public static Fact Of(TeamRow row) => new IssueTeamFact(
        Required.Of(row.Id, "id"),
        Required.Of(row.Key, "key").ToUpperInvariant(),
        row.Name ?? row.Key!,
        row.Visibility is not (null or Public),
        row.CyclesEnabled == true,
        row.IssueEstimationType,
        [.. (row.Members?.All ?? []).Select(m => m.Id).OfType<string>()],
        row.RetiredAt ?? row.ArchivedAt);

    /// <summary>An app, such as an agent, is a machine; a guest is a person.</summary>
    public static Fact Of(UserRow row) => new AccountFact(new Actor(
        Required.Of(row.Id, "id"),
        NotEmpty(row.DisplayName) ?? NotEmpty(row.Name) ?? NotEmpty(row.Email) ?? row.Id!,
        NotEmpty(row.Name),
        NotEmpty(row.Email?.Trim().ToLowerInvariant()),
        row.App == true ? ActorKind.Bot : ActorKind.Human)
    {
        GitHubUserId = NotEmpty(row.GitHubUserId),
    });

    public static Fact Of(ProjectRow row) => new ProjectFact(
        Required.Of(row.Id, "id"),
        Required.Of(row.Name, "name"),
        Required.Of(row.Url, "url"),
        row.Status?.Name ?? "",
        row.Status?.Type ?? "",
        NotEmpty(row.Health),
        row.Lead?.Id,
        [.. (row.Teams?.All ?? []).Select(t => t.Id).OfType<string>()],
        DateOf(row.StartDate),
        DateOf(row.TargetDate),
        Required.Of(row.CreatedAt, "createdAt"),
        row.UpdatedAt ?? row.CreatedAt!.Value,
        row.StartedAt,
        row.CompletedAt,
        row.CanceledAt,
        row.ArchivedAt);

    public static Fact Of(CycleRow row) => new CycleFact(
        Required.Of(row.Id, "id"),
        Required.Of(row.Team?.Id, "team"),
        (int)(row.Number ?? 0),
        NotEmpty(row.Name),
        Required.Of(row.StartsAt, "startsAt"),
        Required.Of(row.EndsAt, "endsAt"),
        row.CompletedAt,
        row.ArchivedAt,
        DaysOf(row.ScopeHistory),
        DaysOf(row.CompletedScopeHistory),
        DaysOf(row.IssueCountHistory),
        DaysOf(row.CompletedIssueCountHistory));

    public static Fact Of(IssueRow row)
    {
        var (id, createdAt) = (Required.Of(row.Id, "id"), Required.Of(row.CreatedAt, "createdAt"));
        var (state, type) = (row.State?.Name ?? "", row.State?.Type ?? "");
        List<StateSpanFact> spans = [.. (row.StateHistory?.All ?? []).Where(s => s is { Id: not null, StartedAt: not null })
            .Select(s => new StateSpanFact(s.Id!, s.State?.Name ?? "", s.State?.Type ?? "", s.StartedAt!.Value, s.EndedAt)).OrderBy(s => s.StartedAt)];
        return new IssueFact(
            id,
            Required.Of(row.Identifier, "identifier").ToUpperInvariant(),
            [.. (row.PreviousIdentifiers ?? []).Select(i => i.ToUpperInvariant())],
            Required.Of(row.Team?.Id, "team"),
            row.Title ?? "",
            row.Url ?? "",
            state,
            type,
            (int)(row.Priority ?? 0),
            row.Estimate,
            NotEmpty(row.BranchName),
            [.. (row.Labels?.All ?? []).Select(l => l.Name).OfType<string>().Order(StringComparer.Ordinal)],
            row.Assignee?.Id,
            row.Creator?.Id,
            row.Cycle?.Id,
            row.Project?.Id,
            row.Parent?.Id,
            createdAt,
            row.UpdatedAt ?? createdAt,
            row.StartedAt,
            row.CompletedAt,
            row.CanceledAt,
            row.AddedToCycleAt,
            DateOf(row.DueDate),
            row.ArchivedAt,
            row.Trashed == true,
            spans,
            [.. (row.Attachments?.All ?? []).Select(a => AttachmentOf(a, id)).OfType<IssueAttachmentFact>()]);
    }

    /// <summary>Null for one that was taken away, or that leads nowhere.</summary>
    public static IssueAttachmentFact? AttachmentOf(AttachmentRow row, string? issueId) =>
        row is { Id: { } id, Url: { Length: > 0 } url, CreatedAt: { } createdAt, ArchivedAt: null } && issueId is not null
            ? new IssueAttachmentFact(issueId, id, UrlOf(url), NotEmpty(row.SourceType), NotEmpty(row.Title), createdAt)
            : null;

    /// <summary>The address of a pull request as it is written everywhere: without <c>/files</c> and the like, its repository in lower case.</summary>
    public static string UrlOf(string url) =>
        PullRequest().Match(url.Trim()) is { Success: true } found
            ? GitHubHost().Replace($"{found.Groups["repository"].Value}/pull/{found.Groups["number"].Value}".ToLowerInvariant(), "https://github.com/")
            : url.Trim();

    private static DateOnly? DateOf(string? text) =>
        text is { Length: >= 10 } && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static List<double> DaysOf(IReadOnlyList<double?>? days) => [.. (days ?? []).Select(day => day ?? 0)];

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    [GeneratedRegex(@"^(?<repository>https?://[^/]+/[^/]+/[^/]+)/pulls?/(?<number>\d+)(?=$|[/?#])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex PullRequest();

    [GeneratedRegex("^https?://(www[.])?github[.]com/", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex GitHubHost();
}
