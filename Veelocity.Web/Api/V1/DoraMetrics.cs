using Veelocity.Web.Api.Input;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>The five DORA metrics together, and throughput one by one: the same questions the pages ask.</summary>
internal static class DoraMetrics
{
    public static void MapDoraMetrics(this RouteGroupBuilder v1)
    {
        var dora = v1.MapOrganizationGroup("/metrics/dora").WithTags("DORA metrics");
        dora.MapGet("/", AllAsync).WithSummary("The DORA metrics of a period, each with the previous period");
        dora.MapGet("/deployment-frequency", FrequencyAsync).Produces<FrequencyAnswer>()
            .WithSummary("Releases to production, per day and per week; CSV of the groups with Accept: text/csv").OffersCsv();
        dora.MapGet("/deployment-frequency/items", FrequencyItemsAsync).Produces<Page<DeploymentItems.Item>>().OffersCsv()
            .WithSummary("The releases that were counted, or what was left out, newest first");
        dora.MapGet("/lead-time", LeadTimeAsync).Produces<LeadTimeAnswer>()
            .WithSummary("First commit to production: percentiles in seconds; CSV of the groups with Accept: text/csv").OffersCsv();
        dora.MapGet("/lead-time/items", LeadTimeItemsAsync).Produces<Page<ChangeItems.Item>>().OffersCsv()
            .WithSummary("The pull requests that are in the lead time, left out of it, or still waiting");
    }

    private static async Task<DoraAnswer> AllAsync(
        [AsParameters] MetricQuery query, CurrentOrganization organization, TimeProvider time,
        DeploymentFrequency frequency, LeadTimeForChanges leadTime, ChangeFailureRate failureRate, TimeToRecovery recovery, ReworkRate reworkRate,
        CancellationToken cancellation)
    {
        var (period, filter) = (query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization));
        var often = await frequency.AskAsync(period, filter, cancellation);
        var lead = await leadTime.AskAsync(period, filter, cancellation);
        var failures = await failureRate.AskAsync(period, filter, cancellation);
        var recovered = await recovery.AskAsync(period, filter, cancellation);
        var rework = await reworkRate.AskAsync(period, filter, cancellation);
        return new DoraAnswer(
            FrequencyAnswer.Of(period, often, groups: null), LeadTimeAnswer.Of(period, lead), FailureRateAnswer.Of(period, failures, groups: null),
            RecoveryAnswer.Of(period, recovered), ReworkRateAnswer.Of(period, rework, groups: null),
            QuickCheckAnswer.Of(QuickCheck.Of(filter, often, lead, failures, recovered, rework)));
    }

    private static async Task<IResult> FrequencyAsync(
        [AsParameters] MetricQuery query, [AsParameters] GroupQuery split, CurrentOrganization organization, TimeProvider time, HttpRequest request,
        DeploymentFrequency frequency, CancellationToken cancellation)
    {
        var (period, filter) = (query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization));
        var groups = split.GroupBy switch
        {
            GroupQuery.ByRepository => await frequency.ByRepositoryAsync(period, filter, cancellation),
            GroupQuery.ByTeam => await frequency.ByTeamAsync(period, filter, cancellation),
            GroupQuery.ByService => await frequency.ByServiceAsync(period, filter, cancellation),
            _ => await frequency.ByTimeAsync(period, filter, split.TimeOf(period), cancellation),
        };
        var answer = FrequencyAnswer.Of(period, await frequency.AskAsync(period, filter, cancellation), groups);
        return request.WantsCsv() ? await CsvAnswer.OfAsync(FrequencyAnswer.Name, answer.Groups!, cancellation) : Results.Ok(answer);
    }

    private static async Task<IResult> FrequencyItemsAsync(
        [AsParameters] MetricQuery query, [AsParameters] RowsQuery which, [AsParameters] Paging paging, CurrentOrganization organization, TimeProvider time,
        HttpRequest request, DeploymentItems items, CancellationToken cancellation)
    {
        var (period, filter) = (query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization));
        var wantsCsv = request.WantsCsv();
        var selection = which.Selection == RowsQuery.LeftOut ? DeploymentItems.Selection.LeftOut : DeploymentItems.Selection.Releases;
        var wanted = wantsCsv ? PageRequest.Everything : paging.Request;
        // A count has no rows below the line.
        var page = which.Selection == RowsQuery.Others
            ? new Page<DeploymentItems.Item>([], wanted.Number, wanted.PerPage, 0)
            : await items.AskAsync(period, filter, selection, wanted, cancellation);
        return wantsCsv
            ? await CsvAnswer.OfAsync("deployments", page.Items.Select(DeploymentRow.Of), cancellation)
            : Results.Ok(page);
    }

    private static async Task<IResult> LeadTimeAsync(
        [AsParameters] MetricQuery query, [AsParameters] GroupQuery split, CurrentOrganization organization, TimeProvider time, HttpRequest request,
        LeadTimeForChanges leadTime, WaitingChanges waiting, CancellationToken cancellation)
    {
        var (period, filter) = (query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization));
        var groups = split.GroupBy switch
        {
            GroupQuery.ByRepository => await leadTime.ByRepositoryAsync(period, filter, cancellation),
            GroupQuery.ByTeam => await leadTime.ByTeamAsync(period, filter, cancellation),
            GroupQuery.ByService => await leadTime.ByServiceAsync(period, filter, cancellation),
            _ => await leadTime.ByTimeAsync(period, filter, split.TimeOf(period), cancellation),
        };
        var rows = groups.Select(LeadTimeGroup.Of).ToList();
        if (request.WantsCsv()) return await CsvAnswer.OfAsync(LeadTimeAnswer.Name, rows, cancellation);

        var stages = await leadTime.StagesAsync(period, filter, cancellation);
        var leftOut = await leadTime.LeftOutAsync(period, filter, cancellation);
        var now = await waiting.AskAsync(filter, cancellation);
        return Results.Ok(LeadTimeAnswer.Of(period, await leadTime.AskAsync(period, filter, cancellation)) with
        {
            Groups = rows,
            Distribution = await leadTime.DistributionAsync(period, filter, cancellation),
            Stages = new StagesAnswer(stages.Coding, stages.Pickup, stages.Review, stages.Merge, stages.Deploy),
            LeftOut = [.. leftOut.Select(reason => new LeftOutAnswer(reason.Reason, reason.Count))],
            Waiting = new WaitingAnswer(now.Count, now.OldestMergedAt),
        });
    }

    private static async Task<IResult> LeadTimeItemsAsync(
        [AsParameters] MetricQuery query, [AsParameters] ChangeQuery which, [AsParameters] Paging paging, CurrentOrganization organization,
        TimeProvider time, HttpRequest request, ChangeItems items, CancellationToken cancellation)
    {
        var (period, filter) = (query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization));
        var wantsCsv = request.WantsCsv();
        var page = await items.AskAsync(
            period, filter, which.Parsed, ChangeItems.Order.Newest,
            wantsCsv ? PageRequest.Everything : paging.Request, cancellation);
        return wantsCsv ? await CsvAnswer.OfAsync("changes", page.Items.Select(ChangeRow.Of), cancellation) : Results.Ok(page);
    }
}
