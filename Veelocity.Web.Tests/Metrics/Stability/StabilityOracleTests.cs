using FsCheck.Xunit;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Tests.Metrics.Stability;

/// <summary>Random releases, answered by the metrics and by plain C#.</summary>
public sealed class StabilityOracleTests(MetricsDatabase database)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Property(Arbitrary = [typeof(StabilityHistories)], MaxTest = 40)]
    public async Task M21_the_change_failure_rate_is_what_counting_by_hand_gives(StabilityHistory history)
    {
        var stored = await StoredStability.StoreAsync(database, history);
        var changes = Counted(history, stored).Where(release => !release.IsRollback).ToList();

        var now = (await stored.Data.AskAsync(ask => ask.FailureRate.AskAsync(stored.Period, stored.Filter, Stop))).Now;
        Assert.Equal(
            new ChangeFailureRate.Counts(
                changes.Count, changes.Count(HasFailed), changes.Count(release => CanStillFail(history, release)), Of(ChangeFailure.Incident),
                Of(ChangeFailure.Rollback), Of(ChangeFailure.Revert)),
            now);
        Assert.Equal(Rate(changes.Count(HasFailed), changes.Count), now.Value);
        if (now.Value is { } rate) Assert.InRange(rate, 0, 1);

        var groups = await stored.Data.AskAsync(ask => ask.FailureRate.ByTimeAsync(stored.Period, stored.Filter, Grouping.Parse(history.Unit)!, Stop));
        Assert.Equal(
            stored.Oracle.Buckets(history.Unit).Select(bucket =>
            {
                var inside = changes.FindAll(release => KeyOf(history, stored, release) == bucket.Key);
                return (bucket.Key, bucket.IsPartial, (long)inside.Count, (long)inside.Count(HasFailed), Rate(inside.Count(HasFailed), inside.Count),
                    inside.Exists(release => CanStillFail(history, release)));
            }),
            groups.Select(group => (group.Key, group.IsPartial, group.Total, group.Failed, group.Value, group.IsProvisional)));

        var repositories = await stored.Data.AskAsync(ask => ask.FailureRate.ByRepositoryAsync(stored.Period, stored.Filter, Stop));
        Assert.Equal(
            changes.GroupBy(release => release.Service < 2 ? "acme/one" : "acme/two")
                .Select(group => (group.Key, (long)group.Count(), (long)group.Count(HasFailed), group.Any(release => CanStillFail(history, release)))).Order(),
            repositories.Select(group => (group.Label, group.Total, group.Failed, group.IsProvisional)).Order());
        Assert.Equal(repositories.Select(group => group.Value).OrderDescending(), repositories.Select(group => group.Value));

        long Of(ChangeFailure kind) => changes.Count(release => release.FailedBy == kind);
    }

    [Property(Arbitrary = [typeof(StabilityHistories)], MaxTest = 40)]
    public async Task M24_the_rework_rate_is_what_counting_by_hand_gives(StabilityHistory history)
    {
        var stored = await StoredStability.StoreAsync(database, history);
        var releases = Counted(history, stored);

        var now = (await stored.Data.AskAsync(ask => ask.Rework.AskAsync(stored.Period, stored.Filter, Stop))).Now;
        Assert.Equal(
            new ReworkRate.Counts(
                releases.Count, releases.Count(IsRework), Of(Rework.Rollback), Of(Rework.IncidentFix), Of(Rework.Revert), Of(Rework.Hotfix)),
            now);
        Assert.Equal(Rate(releases.Count(IsRework), releases.Count), now.Value);

        var groups = await stored.Data.AskAsync(ask => ask.Rework.ByTimeAsync(stored.Period, stored.Filter, Grouping.Parse(history.Unit)!, Stop));
        Assert.Equal(
            stored.Oracle.Buckets(history.Unit).Select(bucket =>
            {
                var inside = releases.FindAll(release => KeyOf(history, stored, release) == bucket.Key);
                return (bucket.Key, bucket.IsPartial, (long)inside.Count, (long)inside.Count(IsRework), Rate(inside.Count(IsRework), inside.Count));
            }),
            groups.Select(group => (group.Key, group.IsPartial, group.Total, group.Rework, group.Value)));

        long Of(Rework kind) => releases.Count(release => release.Rework == kind);
        static bool IsRework(RandomRelease release) => release.Rework is not null;
    }

    private static List<RandomRelease> Counted(StabilityHistory history, StoredStability stored) =>
    [
        .. history.Releases.Where(release =>
            release.Counts && StoredStability.IsAsked(history, release.Service) && stored.Oracle.Holds(history.At(release.Minutes))),
    ];

    private static bool HasFailed(RandomRelease release) => release.FailedBy is not null;

    private static bool CanStillFail(StabilityHistory history, RandomRelease release) =>
        !HasFailed(release) && (history.Now - history.At(release.Minutes)).TotalDays < 7;

    private static string KeyOf(StabilityHistory history, StoredStability stored, RandomRelease release) =>
        SlowOracle.KeyOf(stored.Oracle.DayOf(history.At(release.Minutes)), history.Unit);

    private static double? Rate(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
