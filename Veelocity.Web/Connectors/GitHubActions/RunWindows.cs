using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>
/// Lists runs by the time of their creation, newest first, in windows: GitHub silently stops at a thousand answers, so a window that
/// holds more is made smaller and asked again.
/// </summary>
internal sealed class RunWindows(GitHubSession session, RepositoryPlace place)
{
    private const int PageSize = 100;
    private const int MostAnswers = 1000;
    private static readonly TimeSpan Smallest = TimeSpan.FromMinutes(1);

    /// <summary>How many runs the whole time asked for holds; known with the first page.</summary>
    public long? Expected { get; private set; }

    public async IAsyncEnumerable<RunPage> ReadAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Expected = null;
        var span = to - from;
        while (to > from)
        {
            var start = to - span > from ? to - span : from;
            var page = await AskAsync(start, to, 1, cancellation);
            Expected ??= page.Total;
            if (page.Total > MostAnswers && to - start > Smallest)
            {
                span = (to - start) * Math.Min(0.5, 0.9 * MostAnswers / page.Total);
                if (span < Smallest)
                    span = Smallest;
                continue;
            }
            var pages = (int)Math.Min((page.Total + PageSize - 1) / PageSize, MostAnswers / PageSize);
            for (var number = 1; number <= Math.Max(1, pages); number++)
            {
                if (number > 1)
                    page = await AskAsync(start, to, number, cancellation);
                yield return page with { ReadBackTo = number >= pages ? start : null };
            }
            if (page.Total < MostAnswers / 2)
                span *= 2;
            to = start;
        }
    }

    private async Task<RunPage> AskAsync(DateTimeOffset from, DateTimeOffset to, int number, CancellationToken cancellation)
    {
        var reply = await session.Rest.GetAsync<RunsAnswer>(
            $"{place.Path}/actions/runs?created={Text(from)}..{Text(to)}&per_page={PageSize}&page={number}&exclude_pull_requests=true",
            cancellation);
        return new RunPage(reply.Rows.WorkflowRuns ?? [], reply.Rows.TotalCount ?? 0, reply.At, null);
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private sealed record RunsAnswer(long? TotalCount, IReadOnlyList<JsonElement>? WorkflowRuns);
}

/// <summary>A page of runs.</summary>
/// <param name="Total">How many the page's window holds.</param>
/// <param name="ReadBackTo">On the last page of a window: everything created since then has been listed.</param>
internal sealed record RunPage(IReadOnlyList<JsonElement> Rows, long Total, DateTimeOffset At, DateTimeOffset? ReadBackTo);
