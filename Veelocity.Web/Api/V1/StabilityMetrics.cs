using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>The DORA metrics of what goes wrong: change failure rate, rework rate and recovery.</summary>
internal static class StabilityMetrics
{
    public static void MapStabilityMetrics(this RouteGroupBuilder v1)
    {
        var dora = v1.MapOrganizationGroup("/metrics/dora").WithTags("DORA metrics");
        dora.MapGet("/change-failure-rate", FailureRateAsync).Produces<FailureRateAnswer>()
            .WithSummary("Releases that led to an incident, a rollback or a revert ÷ releases; CSV of the groups with Accept: text/csv").OffersCsv();
        dora.MapGet("/change-failure-rate/items", (
                [AsParameters] MetricQuery query, [AsParameters] RowsQuery which, [AsParameters] WindowQuery window, [AsParameters] Paging paging,
                CurrentOrganization organization, TimeProvider time, HttpRequest request, DeploymentItems items, CancellationToken cancellation) =>
                ItemsAsync(which.Selection switch
                {
                    RowsQuery.Others => DeploymentItems.Selection.Sound,
                    RowsQuery.LeftOut => DeploymentItems.Selection.LeftOutOfFailureRate,
                    _ => DeploymentItems.Selection.Failed,
                }, query, window.WindowHours, paging, organization, time, request, items, cancellation))
            .Produces<Page<DeploymentItems.Item>>().OffersCsv().WithSummary("The releases that failed, the others that could have, or what was left out, newest first");
        dora.MapGet("/rework-rate", ReworkRateAsync).Produces<ReworkRateAnswer>()
            .WithSummary("Releases that repair earlier ones ÷ releases; CSV of the groups with Accept: text/csv").OffersCsv();
        dora.MapGet("/rework-rate/items", (
                [AsParameters] MetricQuery query, [AsParameters] RowsQuery which, [AsParameters] Paging paging, CurrentOrganization organization, TimeProvider time,
                HttpRequest request, DeploymentItems items, CancellationToken cancellation) =>
                ItemsAsync(which.Selection switch
                {
                    RowsQuery.Others => DeploymentItems.Selection.Planned,
                    RowsQuery.LeftOut => DeploymentItems.Selection.LeftOut,
                    _ => DeploymentItems.Selection.Rework,
                }, query, windowHours: null, paging, organization, time, request, items, cancellation))
            .Produces<Page<DeploymentItems.Item>>().OffersCsv().WithSummary("The releases that repaired earlier ones, the planned ones, or what was left out, newest first");
        dora.MapGet("/mttr", RecoveryAsync).Produces<RecoveryAnswer>()
            .WithSummary("Mean time to recovery by severity, with failed deployment recovery time; CSV of the groups with Accept: text/csv").OffersCsv();
        dora.MapGet("/mttr/items", IncidentsAsync).Produces<Page<IncidentItems.Item>>().OffersCsv()
            .WithSummary("The incidents that started in the period, newest first");
    }

    private static async Task<IResult> FailureRateAsync(
        [AsParameters] MetricQuery query, [AsParameters] GroupQuery split, [AsParameters] WindowQuery window, CurrentOrganization organization, TimeProvider time, HttpRequest request,
        ChangeFailureRate rate, CancellationToken cancellation)
    {
        var (period, filter) = (query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization) with { WindowHours = window.WindowHours });
        var groups = split.GroupBy switch
        {
            GroupQuery.ByRepository => await rate.ByRepositoryAsync(period, filter, cancellation),
            GroupQuery.ByTeam => await rate.ByTeamAsync(period, filter, cancellation),
            GroupQuery.ByService => await rate.ByServiceAsync(period, filter, cancellation),
            _ => await rate.ByTimeAsync(period, filter, split.TimeOf(period), cancellation),
        };
        var rows = groups.Select(FailureRateGroup.Of).ToList();
        return request.WantsCsv()
            ? await CsvAnswer.OfAsync(FailureRateAnswer.Name, rows, cancellation)
            : Results.Ok(FailureRateAnswer.Of(period, await rate.AskAsync(period, filter, cancellation), rows));
    }

    private static async Task<IResult> ReworkRateAsync(
        [AsParameters] MetricQuery query, [AsParameters] GroupQuery split, CurrentOrganization organization, TimeProvider time, HttpRequest request,
        ReworkRate rate, CancellationToken cancellation)
    {
        var (period, filter) = (query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization));
        var groups = split.GroupBy switch
        {
            GroupQuery.ByRepository => await rate.ByRepositoryAsync(period, filter, cancellation),
            GroupQuery.ByTeam => await rate.ByTeamAsync(period, filter, cancellation),
            GroupQuery.ByService => await rate.ByServiceAsync(period, filter, cancellation),
            _ => await rate.ByTimeAsync(period, filter, split.TimeOf(period), cancellation),
        };
        var rows = groups.Select(ReworkRateGroup.Of).ToList();
        return request.WantsCsv()
            ? await CsvAnswer.OfAsync(ReworkRateAnswer.Name, rows, cancellation)
            : Results.Ok(ReworkRateAnswer.Of(period, await rate.AskAsync(period, filter, cancellation), rows));
    }

    private static async Task<IResult> RecoveryAsync(
        [AsParameters] MetricQuery query, [AsParameters] GroupQuery split, [AsParameters] SeverityQuery which, CurrentOrganization organization, TimeProvider time,
        HttpRequest request, TimeToRecovery recovery, CancellationToken cancellation)
    {
        var (period, filter) = (query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization));
        var groups = split.GroupBy switch
        {
            GroupQuery.ByRepository => await recovery.ByRepositoryAsync(period, filter, cancellation, which.Parsed),
            GroupQuery.ByTeam => await recovery.ByTeamAsync(period, filter, cancellation, which.Parsed),
            GroupQuery.ByService => await recovery.ByServiceAsync(period, filter, cancellation, which.Parsed),
            _ => await recovery.ByTimeAsync(period, filter, split.TimeOf(period), cancellation, which.Parsed),
        };
        var rows = groups.Select(RecoveryGroup.Of).ToList();
        if (request.WantsCsv()) return await CsvAnswer.OfAsync(RecoveryAnswer.Name, rows, cancellation);
        var bySeverity = await recovery.BySeverityAsync(period, filter, cancellation);
        return Results.Ok(RecoveryAnswer.Of(period, await recovery.AskAsync(period, filter, cancellation, which.Parsed)) with
        {
            BySeverity = [.. bySeverity.Select(s => new SeverityAnswer(s.Severity, s.Count, s.Mean, s.Median, s.Open))],
            Groups = rows,
        });
    }

    private static async Task<IResult> ItemsAsync(
        DeploymentItems.Selection selection, MetricQuery query, int? windowHours, Paging paging, CurrentOrganization organization, TimeProvider time,
        HttpRequest request, DeploymentItems items, CancellationToken cancellation)
    {
        var (period, filter) = (query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization) with { WindowHours = windowHours });
        var wantsCsv = request.WantsCsv();
        var page = await items.AskAsync(period, filter, selection, wantsCsv ? PageRequest.Everything : paging.Request, cancellation);
        return wantsCsv
            ? await CsvAnswer.OfAsync("deployments", page.Items.Select(DeploymentRow.Of), cancellation)
            : Results.Ok(page);
    }

    private static async Task<IResult> IncidentsAsync(
        [AsParameters] MetricQuery query, [AsParameters] SeverityQuery which, [AsParameters] PartQuery rows, [AsParameters] Paging paging,
        CurrentOrganization organization, TimeProvider time, HttpRequest request, IncidentItems items, CancellationToken cancellation)
    {
        var (period, filter) = (query.PeriodIn(organization, time.GetUtcNow()), query.FilterIn(organization));
        var wantsCsv = request.WantsCsv();
        var page = await items.AskAsync(
            period, filter, new IncidentItems.Selection(Severity: which.Parsed, Of: rows.Selection switch
            {
                RowsQuery.LeftOut or RowsQuery.Others => IncidentItems.Set.NotRecovered,
                _ => IncidentItems.Set.Recovered,
            }), wantsCsv ? PageRequest.Everything : paging.Request, cancellation);
        return wantsCsv
            ? await CsvAnswer.OfAsync("incidents", page.Items.Select(IncidentRow.Of), cancellation)
            : Results.Ok(page);
    }
}

/// <summary>Incidents of one severity; of all when left out.</summary>
internal sealed record SeverityQuery
{
    [FromQuery(Name = "severity")]
    [AllowedValues(null, "critical", "high", "medium", "low", ErrorMessage = "Choose critical, high, medium or low.")]
    public string? Severity { get; init; }

    public IncidentSeverity? Parsed => Severity is null ? null : SnakeCaseEnum<IncidentSeverity>.FromText(Severity);
}
