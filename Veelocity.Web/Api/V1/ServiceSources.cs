using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Metrics;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Paging;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Api.V1;

/// <summary>Where the deployments of services come from (M8).</summary>
internal static class ServiceSources
{
    public static void MapServiceSources(this RouteGroupBuilder services)
    {
        services.MapGet("/{id:guid}/sources", ListAsync)
            .WithSummary("List where its deployments could be read from, best first, with what each source would give for the last 90 days");
        services.MapGet("/{id:guid}/sources/preview", PreviewAsync).WithSummary("Preview any source: what it would give for the last 90 days");
        services.MapPut("/{id:guid}/source", ChooseAsync).Requires(Permission.EditMetricRules)
            .WithSummary("Choose where its deployments are read from; the metrics follow immediately")
            .MayAnswer(409, "source_taken", "Another service of the repository is read from there.");
    }

    private static async Task<Results<Ok<Page<SourceChoiceAnswer>>, NotFound>> ListAsync(
        Guid id, [AsParameters] Paging paging, VeelocityDb db, CurrentOrganization organization, SourceChoices choices, TimeProvider clock,
        CancellationToken cancellation)
    {
        if (await FindAsync(db, id, cancellation) is not { } found) return TypedResults.NotFound();
        var answer = await choices.AskAsync(found.Service, found.Repository, null, cancellation);
        var period = Last90Days(organization, clock);
        return TypedResults.Ok(paging.Of(answer.Choices.Select(c => SourceChoiceAnswer.Of(c, period, found.Repository)).ToList()));
    }

    private static async Task<Results<Ok<SourceChoiceAnswer>, NotFound>> PreviewAsync(
        Guid id, [AsParameters] SourceQuery query, VeelocityDb db, CurrentOrganization organization, SourceChoices choices, TimeProvider clock,
        CancellationToken cancellation)
    {
        if (await FindAsync(db, id, cancellation) is not { } found) return TypedResults.NotFound();
        var choice = await choices.TryAsync(found.Service, found.Repository, query.ToSource(), cancellation);
        return TypedResults.Ok(SourceChoiceAnswer.Of(choice, Last90Days(organization, clock), found.Repository));
    }

    private static async Task<Results<Ok<SourceAnswer>, NotFound>> ChooseAsync(
        Guid id, SourceBody body, ClaimsPrincipal caller, VeelocityDb db, ServiceChanges changes, PathSync paths, CancellationToken cancellation)
    {
        var source = body.ToSource();
        if (!await changes.ChooseAsync(id, source, caller.RequiredCallerId(), cancellation)) return TypedResults.NotFound();
        if (source.RepositoryId is { } deployer) await paths.RequestAsync(deployer, cancellation);
        return TypedResults.Ok(SourceAnswer.Of((await db.Services.AsNoTracking().SingleAsync(s => s.Id == id, cancellation)).ReadFrom));
    }

    private static async Task<(Service Service, Repository Repository)?> FindAsync(VeelocityDb db, Guid id, CancellationToken cancellation) =>
        await db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellation) is { } service
            ? (service, await db.Repositories.AsNoTracking().SingleAsync(r => r.Id == service.RepositoryId, cancellation))
            : null;

    private static Period Last90Days(CurrentOrganization organization, TimeProvider clock) =>
        Period.LastDays(90, TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone), clock.GetUtcNow());
}
