using Microsoft.AspNetCore.Http.HttpResults;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>The life of one change and of one deployment, and the changes that take unusually long.</summary>
internal static class Flow
{
    public static void MapFlow(this RouteGroupBuilder v1)
    {
        v1.MapOrganizationGroup("/changes").WithTags("Flow").MapGet("/{id:guid}", ChangeAsync).WithExample(FlowExamples.Change)
            .WithSummary("The life of one pull request: its steps, the stages its time went into, its deployments and what came of them")
            .WithDescription("standing is one of counted, left_out, waiting, not_deployed, open, closed; present is null once it is in no stage any more. 404 when the organization has no such pull request.");
        v1.MapOrganizationGroup("/deployments").WithTags("Flow").MapGet("/{id:guid}", DeploymentAsync).WithExample(FlowExamples.Deployment)
            .WithSummary("One deployment: what it brought, how it ended, its incidents and its neighbours")
            .WithDescription($"Lists {DeploymentLife.MostChanges} pull requests at most; change_count tells how many there are. 404 when the organization has no such deployment.");
        v1.MapOrganizationGroup("/metrics").WithTags("Flow").MapGet("/at-risk", AtRiskAsync)
            .Produces<Page<ChangesAtRisk.Item>>().OffersCsv().WithExample(new Page<ChangesAtRisk.Item>([FlowExamples.AtRisk], 1, 50, 1))
            .WithSummary("Pull requests longer in their present stage than 85 % of changes were, the longest first; CSV with Accept: text/csv")
            .WithDescription(
                $"usual_seconds is the 85th percentile of the stage over the last {ChangesAtRisk.UsualDays} days: the repository's, or the chosen team's, from "
                + $"{ChangesAtRisk.EnoughOfRepository} changes on, else the organization's from {ChangesAtRisk.EnoughOfOrganization} on. Pull requests by bots are not in it.");
    }

    private static async Task<Results<Ok<ChangeLife.Life>, NotFound>> ChangeAsync(
        Guid id, CurrentOrganization organization, ChangeLife lives, CancellationToken cancellation) =>
        await lives.FindAsync(organization.Id, id, cancellation) is { } life ? TypedResults.Ok(life) : TypedResults.NotFound();

    private static async Task<Results<Ok<DeploymentLife.Life>, NotFound>> DeploymentAsync(
        Guid id, CurrentOrganization organization, DeploymentLife lives, CancellationToken cancellation) =>
        await lives.FindAsync(organization.Id, id, cancellation) is { } life ? TypedResults.Ok(life) : TypedResults.NotFound();

    private static async Task<IResult> AtRiskAsync(
        [AsParameters] AtRiskQuery query, [AsParameters] Paging paging, CurrentOrganization organization, HttpRequest request,
        ChangesAtRisk risk, CancellationToken cancellation)
    {
        var wantsCsv = request.WantsCsv();
        var page = await risk.AskAsync(query.FilterIn(organization), wantsCsv ? PageRequest.Everything : paging.Request, cancellation);
        return wantsCsv ? await CsvAnswer.OfAsync("at-risk", page.Items.Select(AtRiskRow.Of), cancellation) : Results.Ok(page);
    }
}
