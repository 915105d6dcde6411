using Veelocity.Web.Api.Input;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Builds;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>The metrics of mobile builds: success rate, duration and frequency, each with its rows.</summary>
internal static class BuildMetrics
{
    public static void MapBuildMetrics(this RouteGroupBuilder v1)
    {
        var builds = v1.MapOrganizationGroup("/metrics/builds").WithTags("Build metrics");
        builds.MapGet("/success-rate", SuccessRateAsync).Produces<BuildRateAnswer>().WithExample(BuildRateAnswer.Example)
            .WithSummary("Mobile runs that succeeded ÷ those completed, at last, at the first try and by attempt; CSV of the groups with Accept: text/csv").OffersCsv();
        builds.MapGet("/duration", DurationAsync).Produces<BuildDurationAnswer>().WithExample(BuildDurationAnswer.Example)
            .WithSummary("First job started to last job completed of successful mobile builds, queue time apart; CSV of the groups with Accept: text/csv").OffersCsv();
        builds.MapGet("/frequency", FrequencyAsync).Produces<BuildFrequencyAnswer>().WithExample(BuildFrequencyAnswer.Example)
            .WithSummary("Mobile runs, whatever came of them; CSV of the groups with Accept: text/csv").OffersCsv();
        Items(builds, "/success-rate/items", BuildItems.Set.SucceededRuns, BuildItems.Set.FailedRuns, BuildItems.Set.UndecidedRuns,
            "The runs that succeeded, the others that failed, or what was left out; a run is shown by its first attempt, newest first");
        Items(builds, "/duration/items", BuildItems.Set.Timed, null, BuildItems.Set.NotTimed,
            "The successful builds whose time is known, or what was left out, newest first");
        Items(builds, "/frequency/items", BuildItems.Set.Runs, null, BuildItems.Set.NotRuns,
            "The runs, each by its first attempt, or what was left out, newest first");
    }

    private static async Task<IResult> SuccessRateAsync(
        [AsParameters] BuildQuery query, [AsParameters] BuildGroupQuery split, CurrentOrganization organization, TimeProvider time, HttpRequest request,
        BuildSuccessRate rate, CancellationToken cancellation)
    {
        var (period, filter) = (query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization));
        var groups = split.IsByRepository
            ? await rate.ByRepositoryAsync(period, filter, query.Only, cancellation)
            : await rate.ByTimeAsync(period, filter, query.Only, split.TimeOf(period), cancellation);
        var rows = groups.Select(BuildRateGroup.Of).ToList();
        return request.WantsCsv()
            ? await CsvAnswer.OfAsync(BuildRateAnswer.Name, rows, cancellation)
            : Results.Ok(BuildRateAnswer.Of(period, query.Word, await rate.AskAsync(period, filter, query.Only, cancellation), rows));
    }

    private static async Task<IResult> DurationAsync(
        [AsParameters] BuildQuery query, [AsParameters] BuildGroupQuery split, CurrentOrganization organization, TimeProvider time, HttpRequest request,
        BuildDuration duration, CancellationToken cancellation)
    {
        var (period, filter) = (query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization));
        var groups = split.IsByRepository
            ? await duration.ByRepositoryAsync(period, filter, query.Only, cancellation)
            : await duration.ByTimeAsync(period, filter, query.Only, split.TimeOf(period), cancellation);
        var rows = groups.Select(BuildDurationGroup.Of).ToList();
        return request.WantsCsv()
            ? await CsvAnswer.OfAsync(BuildDurationAnswer.Name, rows, cancellation)
            : Results.Ok(BuildDurationAnswer.Of(period, query.Word, await duration.AskAsync(period, filter, query.Only, cancellation), rows));
    }

    private static async Task<IResult> FrequencyAsync(
        [AsParameters] BuildQuery query, [AsParameters] BuildGroupQuery split, CurrentOrganization organization, TimeProvider time, HttpRequest request,
        BuildFrequency frequency, CancellationToken cancellation)
    {
        var (period, filter) = (query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization));
        var groups = split.IsByRepository
            ? await frequency.ByRepositoryAsync(period, filter, query.Only, cancellation)
            : await frequency.ByTimeAsync(period, filter, query.Only, split.TimeOf(period), cancellation);
        var rows = groups.Select(BuildFrequencyGroup.Of).ToList();
        return request.WantsCsv()
            ? await CsvAnswer.OfAsync(BuildFrequencyAnswer.Name, rows, cancellation)
            : Results.Ok(BuildFrequencyAnswer.Of(period, query.Word, await frequency.AskAsync(period, filter, query.Only, time.GetUtcNow(), cancellation), rows));
    }

    /// <param name="others">Of a rate, the rest below the line; null where there is none.</param>
    private static void Items(
        RouteGroupBuilder builds, string path, BuildItems.Set included, BuildItems.Set? others, BuildItems.Set leftOut, string summary)
    {
        var items = others is { } rest
            ? builds.MapGet(path, (
                [AsParameters] BuildQuery query, [AsParameters] RowsQuery which, [AsParameters] Paging paging, CurrentOrganization organization,
                TimeProvider time, HttpRequest request, BuildItems rows, CancellationToken cancellation) => ItemsAsync(
                    which.Selection switch { RowsQuery.Others => rest, RowsQuery.LeftOut => leftOut, _ => included },
                    query, paging, organization, time, request, rows, cancellation))
            : builds.MapGet(path, (
                [AsParameters] BuildQuery query, [AsParameters] PartQuery which, [AsParameters] Paging paging, CurrentOrganization organization,
                TimeProvider time, HttpRequest request, BuildItems rows, CancellationToken cancellation) => ItemsAsync(
                    which.IsLeftOut ? leftOut : included, query, paging, organization, time, request, rows, cancellation));
        items.Produces<Page<BuildItems.Item>>().OffersCsv().WithSummary(summary);
    }

    private static async Task<IResult> ItemsAsync(
        BuildItems.Set set, BuildQuery query, Paging paging, CurrentOrganization organization, TimeProvider time, HttpRequest request,
        BuildItems items, CancellationToken cancellation)
    {
        var wantsCsv = request.WantsCsv();
        var page = await items.AskAsync(
            query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization), new(set, query.Only),
            wantsCsv ? PageRequest.Everything : paging.Request, cancellation);
        return wantsCsv ? await CsvAnswer.OfAsync("builds", page.Items.Select(BuildRow.Of), cancellation) : Results.Ok(page);
    }
}
