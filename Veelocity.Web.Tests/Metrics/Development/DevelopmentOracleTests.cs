using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Tests.Metrics.Development;

/// <summary>Random pull requests and issues around the ends of a period, answered by the metrics and by counting by hand.</summary>
public sealed class DevelopmentOracleTests(MetricsDatabase database)
{
    private static readonly string[] Zones = ["UTC", "America/New_York", "Europe/Paris", "Asia/Kathmandu", "Australia/Lord_Howe"];
    private static readonly string[] Authors = ["ada", "ada-work", "bob", "dependabot[bot]", "copilot[bot]"];
    private static readonly string[] Units = ["day", "week", "month"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Minutes from two days before the period.</summary>
    private sealed record Pull(Guid Id, string Author, string Repository, int? Ready, int? Review, int? Merged, int? Closed, bool IsRevert)
    {
        public bool IsPersons => !Author.EndsWith("[bot]", StringComparison.Ordinal);

        public string Person => Author.StartsWith("ada", StringComparison.Ordinal) ? "Ada" : "Bob";
    }

    private sealed record Issue(Guid Id, string? Assignee, int Created, int? Started, int? Completed, int? Delivered, bool IsCanceled, IReadOnlyList<Pull> Pulls);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Review_time_cycle_time_and_throughput_are_what_counting_by_hand_gives(int seed)
    {
#pragma warning disable CA5394 // the same history for the same seed is the point
        var random = new Random(seed);
        int? Perhaps(int of, Func<int> value) => random.Next(of) > 0 ? value() : null;
        var (zone, unit, days) = (Zones[random.Next(Zones.Length)], Units[random.Next(3)], random.Next(2, 40));
        var first = new DateOnly(2026, 3, 20).AddDays(random.Next(20));
        var data = new DevelopmentData(database, zone);
        var origin = new DateTimeOffset(first.AddDays(-2).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var length = (days + 4) * 1440;
        DateTimeOffset? At(int? minutes) => minutes is { } m ? origin.AddMinutes(m) : null;

        var pulls = Enumerable.Range(0, random.Next(60)).Select(_ =>
        {
            var ready = Perhaps(8, () => random.Next(length));
            var review = Perhaps(4, () => (ready ?? random.Next(length)) + random.Next(-60, 4000));
            var end = (review ?? ready ?? random.Next(length)) + random.Next(3000);
            var (isMerged, isClosed) = (random.Next(3) > 0, random.Next(3) == 0);
            var pull = new Pull(
                Guid.Empty, Authors[random.Next(Authors.Length)], random.Next(2) == 0 ? "web" : "api", ready, review, isMerged ? end : null, !isMerged && isClosed ? end : null, random.Next(8) == 0);
            return pull with { Id = data.Pull(pull.Author, At(ready), At(review), At(pull.Merged), At(pull.Closed), pull.Repository, pull.IsRevert, origin.AddDays(-9)) };
        }).ToList();
        var issues = Enumerable.Range(0, random.Next(1, 30)).Select(_ =>
        {
            var created = random.Next(length);
            var tied = pulls.Where(pull => pull.Merged is not null && random.Next(10) == 0).ToList();
            int? delivered = tied.Count == 0 ? null : tied.Max(pull => pull.Merged);
            var issue = new Issue(
                Guid.Empty, random.Next(3) == 0 ? null : random.Next(2) == 0 ? "ada" : "bob", created, Perhaps(4, () => created + random.Next(2000)), Perhaps(3, () => created + random.Next(2000, 6000)), delivered,
                random.Next(6) == 0, tied);
            if (issue.IsCanceled) issue = issue with { Completed = null };
            return issue with
            {
                Id = data.Issue(At(created)!.Value, At(issue.Started), At(issue.Completed), At(issue.Delivered), issue.IsCanceled ? At(created + 500) : null, issue.Assignee, isTrashed: false, [.. tied.Select(p => p.Id)]),
            };
        }).ToList();
        await data.SaveAsync();
#pragma warning restore CA5394

        var period = data.Period($"{first:yyyy-MM-dd}", $"{first.AddDays(days - 1):yyyy-MM-dd}");
        var oracle = new SlowOracle(TimeZoneInfo.FindSystemTimeZoneById(zone), first, first.AddDays(days - 1), new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        bool In(int? minutes) => At(minutes) is { } at && oracle.Holds(at);
        string Bucket(int minutes) => SlowOracle.KeyOf(oracle.DayOf(At(minutes)!.Value), unit);
        static double Seconds(int from, int to) => Math.Max(0, to - from) * 60.0;

        var reviewed = pulls.Where(p => p.IsPersons && p.Closed is null && In(p.Review) && p.Ready is not null).ToList();
        var merged = pulls.Where(p => p.IsPersons && In(p.Merged)).ToList();
        var timed = merged.Where(p => p.Ready is not null).ToList();
        var delivered = issues.Where(i => !i.IsCanceled && In(i.Delivered)).ToList();
        var worked = issues.Where(i => In(i.Completed) && i.Started is not null).ToList();
        var completed = issues.Where(i => In(i.Completed)).ToList();
        var abandoned = pulls.Where(p => p.IsPersons && In(p.Closed)).ToList();

        var review = await data.AskAsync(ask => ask.Review.AskAsync(period, data.Scope, Stop));
        Same(review.Now.FirstReview, reviewed.Select(p => Seconds(p.Ready!.Value, p.Review!.Value)));
        Same(review.Now.Merge, timed.Select(p => Seconds(p.Ready!.Value, p.Merged!.Value)));
        Assert.Equal((merged.Count, merged.Count(p => p.Review is null)), (review.Now.Merged, review.Now.WithoutReview));
        var cycle = await data.AskAsync(ask => ask.Cycle.AskAsync(period, data.Scope, Stop));
        Same(cycle.Now.Delivered, delivered.Select(i => Seconds(i.Created, i.Delivered!.Value)));
        Same(cycle.Now.Worked, worked.Select(i => Seconds(i.Started!.Value, i.Completed!.Value)));
        Assert.Equal((merged.Count(p => issues.Exists(i => i.Pulls.Any(tied => tied.Id == p.Id))), merged.Count), (cycle.Links.Linked, cycle.Links.Merged));
        Assert.Equal(completed.Count - worked.Count, cycle.Now.Jumped);
        var done = await data.AskAsync(ask => ask.Throughput.AskAsync(period, data.Scope, Stop));
        Assert.Equal((merged.Count, completed.Count, merged.Count(p => p.IsRevert), abandoned.Count), (done.Now.Merged, done.Now.Completed, done.Now.Reverts, done.Now.Abandoned));

        var times = await data.AskAsync(ask => ask.Review.GroupsAsync(period, data.Scope, WorkSplit.Parse(unit)!, Stop));
        Assert.Equal(oracle.Buckets(unit), times.Select(group => (group.Key, group.IsPartial)));
        foreach (var group in times)
            Same(group.Of.FirstReview, reviewed.Where(p => Bucket(p.Review!.Value) == group.Key).Select(p => Seconds(p.Ready!.Value, p.Review!.Value)));
        var buckets = await data.AskAsync(ask => ask.Throughput.GroupsAsync(period, data.Scope, WorkSplit.Parse(unit)!, Stop));
        Assert.Equal(
            oracle.Buckets(unit).Select(b => ((long)merged.Count(p => Bucket(p.Merged!.Value) == b.Key), (long?)completed.Count(i => Bucket(i.Completed!.Value) == b.Key))),
            buckets.Select(group => (group.Of.Merged, group.Of.Completed)));

        var repositories = await data.AskAsync(ask => ask.Throughput.GroupsAsync(period, data.Scope, WorkSplit.Repository, Stop));
        Assert.Equal(
            merged.GroupBy(p => "acme/" + p.Repository).Select(g => (g.Key, (long)g.Count())).Order(),
            repositories.Where(group => group.Of.Merged > 0).Select(group => (group.Label, group.Of.Merged)).Order());
        var developers = await data.AskAsync(ask => ask.Throughput.GroupsAsync(period, data.Scope, WorkSplit.Developer, Stop));
        Assert.Equal(
            merged.GroupBy(p => p.Person).Select(g => (g.Key, (long)g.Count())).Order(), developers.Where(group => group.Of.Merged > 0).Select(group => (group.Label, group.Of.Merged)).Order());
        var agents = await data.AskAsync(ask => ask.Throughput.AskAsync(period, data.Scope with { Authors = Cohort.Agents }, Stop));
        Assert.Equal(pulls.Count(p => p.Author == "copilot[bot]" && In(p.Merged)), agents.Now.Merged);

        // What is listed is what was counted, the slowest first.
        var listed = await data.AskAsync(ask => ask.Lists.PullsAsync(PullSet.Reviewed, period, data.Scope, WorkOrder.Slowest, PageRequest.Everything, Stop));
        Assert.Equal(reviewed.Select(p => p.Id).Order(), listed.Items.Select(item => item.PullRequestId).Order());
        Assert.Equal(listed.Items.Select(item => item.Seconds), listed.Items.Select(item => item.Seconds).OrderDescending());
        var left = await data.AskAsync(ask => ask.Lists.ReasonsAsync(PullSet.MergeTimed, period, data.Scope, Stop));
        Assert.Equal(pulls.Count(p => In(p.Merged)) + abandoned.Count - timed.Count, left.Sum(reason => reason.Count));
    }

    private static void Same(Spread actual, IEnumerable<double> seconds)
    {
        var expected = seconds.ToList();
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.Count == 0, actual.Mean is null);
        if (expected.Count == 0) return;
        Assert.Equal(expected.Average(), actual.Mean!.Value, 1e-6);
        foreach (var (share, value) in new[] { (0.5, actual.P50), (0.75, actual.P75), (0.9, actual.P90), (0.95, actual.P95) })
            Assert.Equal(SlowOracle.Percentile(expected, share)!.Value, value!.Value, 1e-6);
    }
}
