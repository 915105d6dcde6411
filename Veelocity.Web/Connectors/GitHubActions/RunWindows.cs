using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>
/// Lists runs by the time of their creation, newest first. GitHub silently stops at a thousand answers: where a window holds more, the
/// next one ends at the oldest run seen; should they come in another order than newest first, the window is halved instead.
/// </summary>
/// <param name="workflow">Only the runs of this one; null for all of the repository.</param>
internal sealed class RunWindows(GitHubSession session, RepositoryPlace place, long? workflow = null)
{
    private const int PageSize = 100;
    private const int MostAnswers = 1000;
    private static readonly TimeSpan Smallest = TimeSpan.FromSeconds(1);

    /// <summary>How many runs the whole time asked for holds; known with the first page.</summary>
    public long? Expected { get; private set; }

    public async IAsyncEnumerable<RunPage> ReadAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Expected = null;
        for (var start = from; to > from;)
        {
            var page = await AskAsync(start, to, 1, cancellation);
            Expected ??= page.Total;
            var holdsMore = page.Total > MostAnswers;
            if (holdsMore && !page.IsNewestFirst && to - start > Smallest)
            {
                start = to - (to - start) / 2;
                continue;
            }
            var pages = (int)Math.Min((page.Total + PageSize - 1) / PageSize, MostAnswers / PageSize);
            var oldest = page.Oldest;
            for (var number = 1; number <= Math.Max(1, pages); number++)
            {
                if (number > 1)
                    page = await AskAsync(start, to, number, cancellation);
                oldest = page.Oldest < oldest ? page.Oldest : oldest;
                var isLast = number >= pages;
                yield return page with
                {
                    ReadBackTo = !isLast ? null : holdsMore && oldest > start ? oldest : start,
                    IsCut = isLast && holdsMore && !(oldest < to - Smallest),
                };
            }
            to = !holdsMore ? start : oldest < to - Smallest ? oldest!.Value : to - Smallest;
            start = from;
        }
    }

    private async Task<RunPage> AskAsync(DateTimeOffset from, DateTimeOffset to, int number, CancellationToken cancellation)
    {
        var reply = await session.Rest.GetAsync<RunsAnswer>(
            $"{place.Path}/actions/{(workflow is { } id ? $"workflows/{id.ToString(CultureInfo.InvariantCulture)}/" : "")}runs?created={Text(from)}..{Text(to)}&per_page={PageSize}&page={number}&exclude_pull_requests=true",
            cancellation);
        return new RunPage(reply.Rows.WorkflowRuns ?? [], reply.Rows.TotalCount ?? 0, reply.At, null);
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private sealed record RunsAnswer(long? TotalCount, IReadOnlyList<JsonElement>? WorkflowRuns);
}

/// <summary>A page of runs.</summary>
/// <param name="Total">How many the page's window holds.</param>
/// <param name="ReadBackTo">On the last page of a window: everything created since then has been listed.</param>
/// <param name="IsCut">More runs were created in one second than GitHub lists.</param>
internal sealed record RunPage(
    IReadOnlyList<JsonElement> Rows, long Total, DateTimeOffset At, DateTimeOffset? ReadBackTo, bool IsCut = false)
{
    private IEnumerable<DateTimeOffset> Times => Rows.Select(TimeOf).OfType<DateTimeOffset>();

    public DateTimeOffset? Oldest => Times.Select(at => (DateTimeOffset?)at).Min();

    public bool IsNewestFirst => Times.SequenceEqual(Times.OrderDescending());

    private static DateTimeOffset? TimeOf(JsonElement row) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty("created_at", out var at) && at.ValueKind == JsonValueKind.String
        && at.TryGetDateTimeOffset(out var time) ? time : null;
}
