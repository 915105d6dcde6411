using System.Runtime.CompilerServices;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Linear;

/// <summary>
/// Finds issues that are gone for good, which no list of changes tells: all ids there are, newest first by creation, which never changes. Each page
/// answers for the time it spans.
/// </summary>
internal sealed class IssueCensus(LinearSession session, FetchProgress progress, FetchRequest request, RowReader rows, TeamList teams)
{
    private const string Resource = "issue ids";
    private const int PerPage = 250;

    public async IAsyncEnumerable<FactBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var cursor = CursorText.Read<CensusCursor>(request.CursorOf("", Resource));
        if (cursor is { After: null, ReadFor: { } readFor } && readFor == request.RequestedAt) yield break;
        cursor = cursor is { After: not null } && cursor.Teams == teams.Sign ? cursor : new CensusCursor { Teams = teams.Sign };
        var size = new PageSize(PerPage, PerPage, session.Clock);
        var start = session.Clock.GetTimestamp();
        do
        {
            var page = (await session.AskAsync<IssuesData>(
                LinearDocuments.IssueIds, size, first => new { after = cursor.After, first, filter = new { team = teams.Filter } }, cancellation)).Issues;
            // What came into being since is not asked about.
            if (cursor.After is null) cursor = cursor with { UpTo = Earlier(session.AnsweredAt!.Value - session.Clock.GetElapsedTime(start), request.RequestedAt) };
            var found = rows.Read<IssueIdRow>(page?.Nodes ?? [], "id").Where(i => i is { Id: not null, CreatedAt: not null }).ToList();
            // A row that cannot be read could be any: then nothing is known of this page.
            var problem = rows.TakeProblem();
            DateTimeOffset? after = page?.Next is null ? null : found.Min(i => i.CreatedAt);
            List<Fact> facts = problem is not null || (page?.Next is not null && found.Count == 0)
                ? []
                : [new OnlyIssuesFact(after, cursor.UpTo, [.. found.Select(i => i.Id!), .. cursor.AtBorder])];
            cursor = cursor with
            {
                After = page?.Next,
                UpTo = after ?? cursor.UpTo,
                AtBorder = [.. found.Where(i => i.CreatedAt == after).Select(i => i.Id!)],
                ReadFor = page?.Next is null ? request.RequestedAt : null,
            };
            yield return progress.Batch("Deleted issues", facts, new CursorMove("", Resource, CursorText.Write(cursor)), problem);
        }
        while (cursor.After is not null);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;

    /// <summary>How far the ids are compared: all created after <see cref="UpTo"/> are.</summary>
    private sealed record CensusCursor
    {
        public string? After { get; init; }
        public DateTimeOffset UpTo { get; init; }

        /// <summary>Issues created at that very moment, which the page before showed.</summary>
        public IReadOnlyList<string> AtBorder { get; init; } = [];

        public string? Teams { get; init; }
        public DateTimeOffset? ReadFor { get; init; }
    }
}
