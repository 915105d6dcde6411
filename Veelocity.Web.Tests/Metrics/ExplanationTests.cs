using FsCheck.Xunit;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Tests.Metrics;

/// <summary>Why a value is what it is (M35), asked of histories whose answers are known.</summary>
public sealed class ExplanationTests(MetricsDatabase database)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 5)]
    public async Task M35_n_is_what_is_listed_for_every_metric_bucket_and_repository(History history)
    {
        var data = await StoreAsync(history);
        var period = new Period(history.FirstDay, history.FirstDay.AddDays(history.Days - 1), data.Zone, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var middle = history.FirstDay.AddDays(history.Days / 2);
        var bucket = new Period(middle, middle, data.Zone, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        foreach (var metric in Enum.GetValues<ExplainedMetric>())
        {
            foreach (var asked in new[]
            {
                new Question(metric, Figure.Headline, period, data.Filter), new Question(metric, Figure.Headline, bucket, data.Filter),
                new Question(metric, Figure.Median, period, data.Only("one")), new Question(metric, Figure.Headline, period, data.Filter, IncidentSeverity.High),
            })
            {
                await data.AskAsync(async ask =>
                {
                    var explained = await ask.Explanations.AskAsync(asked, Stop);
                    foreach (var set in explained.Sets)
                    {
                        var rows = await ask.Explanations.RowsAsync(asked, set.Key, null, PageRequest.Everything, Stop);
                        Assert.Equal((metric, set.Key, set.Count), (metric, set.Key, rows.Total));
                        foreach (var reason in set.Reasons)
                            Assert.Equal((reason.Key, reason.Count), (reason.Key, (await ask.Explanations.RowsAsync(asked, set.Key, reason.Key, new PageRequest(), Stop)).Total));
                    }
                    var inIt = explained.Sets.Where(set => set.Key != RowSet.LeftOut).Sum(set => set.Count);
                    Assert.Equal((metric, explained.Count), (metric, inIt));
                    return true;
                });
            }
        }
    }

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 15)]
    public async Task M35_the_rows_around_a_percentile_give_it(History history)
    {
        var data = await StoreAsync(history);
        var period = new Period(history.FirstDay, history.FirstDay.AddDays(history.Days - 1), data.Zone, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await data.AskAsync(async ask =>
        {
            var value = (await ask.LeadTime.AskAsync(period, data.Filter, Stop)).Value;
            foreach (var (figure, share, expected) in new[] { (Figure.Median, 0.5, value.P50), (Figure.P75, 0.75, value.P75), (Figure.P90, 0.9, value.P90), (Figure.P95, 0.95, value.P95) })
            {
                var explained = await ask.Explanations.AskAsync(new Question(ExplainedMetric.LeadTime, figure, period, data.Filter), Stop);
                if (expected is not { } seconds)
                {
                    Assert.Null(explained.Value);
                    continue;
                }
                var between = new Interpolation(share, value.Count);
                Assert.Equal(seconds, between.Value([.. explained.Between.Select(row => row.Seconds)]), 1e-6 * Math.Max(1, seconds));
                Assert.Equal(between.Below + 1, explained.Between[0].Place);
            }
            return true;
        });
    }

    [Fact]
    public async Task M35_a_frequency_is_its_releases_divided_by_its_days()
    {
        var data = MeasuredData.In(database, "Europe/Paris");
        for (var day = 2; day <= 6; day++) data.Release($"2026-03-0{day} 10:00", "web");
        await data.SaveAsync();
        var explained = await data.AskAsync(ask => ask.Explanations.AskAsync(
            new Question(ExplainedMetric.DeploymentFrequency, Figure.Headline, data.Period("2026-03-02", "2026-03-11"), data.Filter), Stop));
        Assert.Equal("5 releases ÷ 10.0 days = 0.5 a day, 3.5 a week", explained.Formula[0]);
        Assert.Equal(5, explained.Count);
    }

    [Fact]
    public async Task M35_a_percentile_names_the_places_that_it_lies_between()
    {
        var data = MeasuredData.In(database, "UTC");
        foreach (var hours in new[] { 97, 26, 42 }) data.Change("2026-03-04 10:00", hours);
        data.Change("2026-03-04 10:00", 500, leftOut: LeftOut.Bot);
        await data.SaveAsync();
        var asked = new Question(ExplainedMetric.LeadTime, Figure.P75, data.Period("2026-03-01", "2026-03-31"), data.Filter);
        var explained = await data.AskAsync(ask => ask.Explanations.AskAsync(asked, Stop));
        Assert.Equal(
            ["Place 1 + 0.75 × (3 − 1) = 2.5 of 3 pull requests in order: between no. 2 and no. 3", "1 d 18 h 0 min + 0.5 × (4 d 1 h 0 min − 1 d 18 h 0 min) = 2 d 21 h 30 min"],
            explained.Formula);
        Assert.Equal([(2L, 42 * 3600.0), (3L, 97 * 3600.0)], explained.Between.Select(row => (row.Place, row.Seconds)));
        Assert.Equal(("bot", 1L), explained.Sets.Single(set => set.Key == RowSet.LeftOut).Reasons.Select(reason => (reason.Key, reason.Count)).Single());
    }

    [Fact]
    public async Task M35_a_slice_lists_the_pull_requests_in_it()
    {
        var data = MeasuredData.In(database, "UTC");
        foreach (var hours in new[] { 0.5, 1, 3.9, 4 }) data.Change("2026-03-04 10:00", hours);
        await data.SaveAsync();
        var asked = new Question(ExplainedMetric.LeadTime, Figure.Headline, data.Period("2026-03-01", "2026-03-31"), data.Filter, null, 3600, 4 * 3600);
        var (explained, rows) = await data.AskAsync(async ask =>
            (await ask.Explanations.AskAsync(asked, Stop), await ask.Explanations.RowsAsync(asked, RowSet.In, null, new PageRequest(), Stop)));
        Assert.Equal((2, 2), (explained.Count, rows.Total));
        Assert.Equal([3.9 * 3600, 3600], rows.Changes!.Items.Select(row => row.LeadSeconds!.Value));
    }

    [Fact]
    public async Task M35_what_waits_and_what_does_not_are_told_apart()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Waiting(data.Local("2026-03-04 10:00"));
        data.Change("2026-03-04 10:00", 5);
        await data.SaveAsync();
        var asked = new Question(ExplainedMetric.Waiting, Figure.Headline, data.Period("2026-03-01", "2026-03-31"), data.Filter);
        var explained = await data.AskAsync(ask => ask.Explanations.AskAsync(asked, Stop));
        Assert.Equal((1, "1 pull request"), (explained.Count, explained.Value));
    }

    private async Task<MeasuredData> StoreAsync(History history)
    {
        var data = MeasuredData.In(database, history.ZoneId);
        var origin = new DateTimeOffset(history.FirstDay.AddDays(-2).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
        foreach (var name in new[] { "one", "two" }) data.Repository(name, MeasuredData.Long);
        foreach (var d in history.Deployments)
            data.Deploy(
                origin.AddMinutes(d.Minutes), d.Repository == 1 ? "one" : "two", d.IsRelease, d.HasFailed ? DeploymentOutcome.Failed : DeploymentOutcome.Succeeded,
                d.IsProduction ? "production" : "staging", d.IsProduction);
        foreach (var (change, at) in history.Changes.Select((change, at) => (change, at)))
        {
            var (when, repository) = (origin.AddMinutes(change.Minutes), change.Repository == 1 ? "one" : "two");
            data.Change(when, change.LeadMinutes * 60.0, repository, change.LeftOut);
            var clock = TimeZoneInfo.ConvertTime(when, data.Zone).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
            if (data.Zone.IsInvalidTime(DateTime.Parse(clock, System.Globalization.CultureInfo.InvariantCulture))) continue;
            if (at % 3 == 0) data.Incident(clock, at % 2 == 0 ? change.LeadMinutes / 60.0 : null, at % 4 == 0 ? IncidentSeverity.High : null, repository);
            if (at % 5 == 0) data.IncidentOfRelease(clock, 1 + at, change.LeadMinutes / 60.0, repository);
            if (at % 7 == 0) data.Release(clock, ChangeFailure.Rollback, at % 2 == 0 ? Rework.Rollback : Rework.Hotfix, repository);
        }
        data.Waiting(origin, "one");
        await data.SaveAsync();
        return data;
    }
}
