using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Rest;

/// <summary>The filters of the run list; <c>created</c> is written in GitHub's search syntax.</summary>
internal sealed record RunFilter(IQueryCollection Query, DateTimeOffset Least, DateTimeOffset Most)
{
    private static readonly string[] States =
    [
        "completed", "action_required", "cancelled", "failure", "neutral", "skipped", "stale", "success", "timed_out", "in_progress", "queued",
        "requested", "waiting", "pending", "startup_failure",
    ];

    /// <summary>Null when a filter cannot be understood.</summary>
    public static RunFilter? From(IQueryCollection query)
    {
        if (query.TryGetValue("status", out var status) && !States.Contains(status.ToString(), StringComparer.Ordinal))
            return null;
        if (!query.TryGetValue("created", out var created))
            return new RunFilter(query, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        return Range(created.ToString()) is var (from, to) ? new RunFilter(query, from, to) : null;
    }

    public bool Takes(WorkflowRun run) =>
        run.CreatedAt >= Least && run.CreatedAt <= Most
        && Is("branch", run.HeadBranch) && Is("event", run.Event) && Is("head_sha", run.HeadSha) && Is("actor", run.Actor?.RestLogin)
        && (!Query.TryGetValue("status", out var wanted) || run.Latest.Status == wanted || run.Latest.Conclusion == wanted);

    private bool Is(string name, string? value) => !Query.TryGetValue(name, out var wanted) || value == wanted;

    private static (DateTimeOffset, DateTimeOffset)? Range(string text)
    {
        var ends = text.Split("..");
        if (ends.Length == 2)
            return Pair(Start(ends[0]), End(ends[1]));
        return text switch
        {
            ['>', '=', .. var from] => Pair(Start(from), DateTimeOffset.MaxValue),
            ['<', '=', .. var to] => Pair(DateTimeOffset.MinValue, End(to)),
            ['>', .. var from] => Pair(End(from)?.AddTicks(1), DateTimeOffset.MaxValue),
            ['<', .. var to] => Pair(DateTimeOffset.MinValue, Start(to)?.AddTicks(-1)),
            _ => Pair(Start(text), End(text)),
        };
    }

    private static (DateTimeOffset, DateTimeOffset)? Pair(DateTimeOffset? from, DateTimeOffset? to) =>
        from is { } start && to is { } end ? (start, end) : null;

    private static DateTimeOffset? Start(string text) => text == "*" ? DateTimeOffset.MinValue : Iso.Parse(text);

    // A day means all of it, a second all of that.
    private static DateTimeOffset? End(string text) =>
        text == "*" ? DateTimeOffset.MaxValue : Iso.Parse(text)?.Add(text.Contains('T', StringComparison.Ordinal) ? TimeSpan.FromSeconds(1) : TimeSpan.FromDays(1)).AddTicks(-1);
}
