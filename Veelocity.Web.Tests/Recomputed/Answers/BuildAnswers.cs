using System.Text.Json.Nodes;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>Success rate, duration and frequency of mobile builds (M32, M33, M34).</summary>
internal sealed class BuildAnswers(Recomputation all, Days days)
{
    public JsonObject SuccessRate(string platform, Guid? repository, string groupBy)
    {
        var (runs, before) = (Runs(platform, repository, days.Whole), Runs(platform, repository, days.Before));
        return Wording.Say(new
        {
            Metric = "build_success_rate",
            StartDate = days.First,
            EndDate = days.Last,
            TimeZone = days.ZoneId,
            Unit = "fraction",
            Platform = platform,
            SuccessRate = Rate(runs, b => b.Eventual),
            Succeeded = runs.Count(b => b.Eventual == "succeeded"),
            Total = Ended(runs, b => b.Eventual),
            FirstTry = Ratio([.. runs.Where(b => b.Attempt.Attempt == 1)]),
            PerAttempt = Ratio(Attempts(platform, repository, days.Whole)),
            LeftOut = runs.Count - Ended(runs, b => b.Eventual),
            Previous = new
            {
                Total = Ended(before, b => b.Eventual),
                SuccessRate = Rate(before, b => b.Eventual),
                Change = Sums.Change(Rate(runs, b => b.Eventual), Ended(runs, b => b.Eventual), Rate(before, b => b.Eventual), Ended(before, b => b.Eventual)),
            },
            Groups = Wording.Say(Parts(repository, groupBy).Select(g => (g, Runs: Runs(platform, g.Repository, g.In), Attempts: Attempts(platform, g.Repository, g.In)))
                .Where(g => g.g.Start is not null || Ended(g.Runs, b => b.Eventual) + Ended(g.Attempts, b => b.Outcome) > 0).Select(g => new
                {
                    g.g.Key,
                    g.g.Label,
                    g.g.Start,
                    SuccessRate = Rate(g.Runs, b => b.Eventual),
                    Succeeded = g.Runs.Count(b => b.Eventual == "succeeded"),
                    Total = Ended(g.Runs, b => b.Eventual),
                    FirstTry = Rate([.. g.Runs.Where(b => b.Attempt.Attempt == 1)], b => b.Outcome),
                    g.g.Partial,
                })),
        });
    }

    public JsonObject Duration(string platform, Guid? repository, string groupBy)
    {
        var (took, before, queued) = (Took(platform, repository, days.Whole), Took(platform, repository, days.Before), Queued(platform, repository, days.Whole));
        return Wording.Say(new
        {
            Metric = "build_duration",
            StartDate = days.First,
            EndDate = days.Last,
            TimeZone = days.ZoneId,
            Unit = "seconds",
            Platform = platform,
            took.Count,
            Median = took.Percentile(0.5),
            Mean = took.Mean(),
            P50 = took.Percentile(0.5),
            P90 = took.Percentile(0.9),
            Queue = new { queued.Count, Median = queued.Percentile(0.5), Mean = queued.Mean(), P90 = queued.Percentile(0.9) },
            Previous = new { before.Count, Mean = before.Mean(), Change = Sums.Change(took.Mean(), took.Count, before.Mean(), before.Count) },
            Groups = Wording.Say(Parts(repository, groupBy).Select(g => (g, Took: Took(platform, g.Repository, g.In), Queued: Queued(platform, g.Repository, g.In)))
                .Where(g => g.g.Start is not null || g.Took.Count > 0).Select(g => new
                {
                    g.g.Key,
                    g.g.Label,
                    g.g.Start,
                    g.Took.Count,
                    Mean = g.Took.Mean(),
                    Median = g.Took.Percentile(0.5),
                    P90 = g.Took.Percentile(0.9),
                    QueueMedian = g.Queued.Percentile(0.5),
                    g.g.Partial,
                })),
        });
    }

    public JsonObject Frequency(string platform, Guid? repository, string groupBy)
    {
        var (now, before) = (Ran(platform, repository, days.Whole).Count, Ran(platform, repository, days.Before).Count);
        DateTimeOffset? first = all.World.Repositories.Where(r => repository is null || r.Id == repository).Min(r => r.CreatedAt);
        var (perDay, perDayBefore) = (now / days.DaysIn(days.Elapsed, first), before / days.DaysIn(days.Before, first));
        var today = days.DayOf(all.World.Now);
        return Wording.Say(new
        {
            Metric = "build_frequency",
            StartDate = days.First,
            EndDate = days.Last,
            TimeZone = days.ZoneId,
            Unit = "runs",
            Platform = platform,
            Total = perDay is null ? null : (int?)now,
            PerDay = perDay,
            Attempts = perDay is null ? null : (int?)Attempts(platform, repository, days.Whole).Count(b => b.Outcome != "skipped"),
            Today = Ran(platform, repository, new(days.Midnight(today), days.Midnight(today.AddDays(1)))).Count,
            Previous = new { Total = perDayBefore is null ? null : (int?)before, PerDay = perDayBefore, Change = Sums.Change(perDay, now, perDayBefore, before) },
            Groups = Wording.Say(Parts(repository, groupBy).Select(g => (g, Ran: Ran(platform, g.Repository, g.In))).Where(g => g.g.Start is not null || g.Ran.Count > 0)
                .Select(g => new
                {
                    g.g.Key,
                    g.g.Label,
                    g.g.Start,
                    g.Ran.Count,
                    Succeeded = g.Ran.Count(b => b.Eventual == "succeeded"),
                    Failed = g.Ran.Count(b => b.Eventual == "failed"),
                    g.g.Partial,
                })),
        });
    }

    private static object Ratio(List<MobileBuild> builds) => new
    {
        SuccessRate = Rate(builds, b => b.Outcome), Succeeded = builds.Count(b => b.Outcome == "succeeded"), Total = Ended(builds, b => b.Outcome),
    };

    private static double? Rate(List<MobileBuild> builds, Func<MobileBuild, string> outcome) =>
        Sums.Ratio(builds.Count(b => outcome(b) == "succeeded"), Ended(builds, outcome));

    private static int Ended(List<MobileBuild> builds, Func<MobileBuild, string> outcome) => builds.Count(b => outcome(b) is "succeeded" or "failed");

    // Runs by when they were created, attempts by when they were started.
    private List<MobileBuild> Runs(string platform, Guid? repository, Stretch stretch) =>
        Of(platform, repository).FindAll(b => b.IsFirst && stretch.Holds(b.Attempt.CreatedAt));

    private List<MobileBuild> Attempts(string platform, Guid? repository, Stretch stretch) => Of(platform, repository).FindAll(b => stretch.Holds(b.Attempt.StartedAt));

    private List<MobileBuild> Ran(string platform, Guid? repository, Stretch stretch) => Runs(platform, repository, stretch).FindAll(b => b.Eventual != "skipped");

    private List<double> Took(string platform, Guid? repository, Stretch stretch) =>
        [.. Attempts(platform, repository, stretch).Where(b => b.Outcome == "succeeded").Select(b => b.Duration).OfType<double>()];

    private List<double> Queued(string platform, Guid? repository, Stretch stretch) =>
        [.. Attempts(platform, repository, stretch).Where(b => b.Outcome == "succeeded").Select(b => b.Queue).OfType<double>()];

    private List<MobileBuild> Of(string platform, Guid? repository) =>
        all.Builds.FindAll(b => (platform == "all" || b.Platform == platform) && (repository is null || b.Attempt.RepositoryId == repository));

    private IEnumerable<(string Key, string Label, DateOnly? Start, Guid? Repository, Stretch In, bool Partial)> Parts(Guid? repository, string groupBy) => groupBy == "repo"
        ? all.World.Repositories.Where(r => repository is null || r.Id == repository)
            .Select(r => (r.Id.ToString(), r.FullName, (DateOnly?)null, (Guid?)r.Id, days.Whole, false))
        : days.Buckets(groupBy).Select(b => (b.Key, b.Key, (DateOnly?)b.Start, repository, b.Stretch, b.IsPartial));
}
