using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Paging;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Api.V1;

/// <summary>Services: what is deployed as one thing, and which paths it is made of.</summary>
internal static class ServiceEndpoints
{
    public static void MapServices(this RouteGroupBuilder v1)
    {
        var services = v1.MapOrganizationGroup("/services").WithTags("Services");
        services.MapGet("/", ListAsync).WithSummary("Services, by repository and name");
        services.MapGet("/{id:guid}", GetAsync).WithSummary("One service");
        services.MapPost("/", CreateAsync).Requires(Permission.EditMetricRules)
            .WithSummary("Create a service from paths of a repository");
        services.MapPatch("/{id:guid}", EditAsync).Requires(Permission.EditMetricRules)
            .WithSummary("Rename a service, or change its paths")
            .WithDescription("Only the fields you send change. No paths stand for the repository as a whole.");
        services.MapDelete("/{id:guid}", DeleteAsync).Requires(Permission.EditMetricRules)
            .WithSummary("Delete a service with its deployments; its pull requests stay")
            .MayAnswer(409, "refused", "It is the repository's only service.");
        services.MapDelete("/{id:guid}/source", ReturnToDetectionAsync).Requires(Permission.EditMetricRules)
            .WithSummary("Return a service to the source that detection finds");
        services.MapServiceSources();
    }

    private static Task<Page<ServiceAnswer>> ListAsync(
        [AsParameters] ServiceQuery query, [AsParameters] Paging paging, VeelocityDb db, CancellationToken cancellation)
    {
        var services = db.Services.Where(s => query.RepoId == null || s.RepositoryId == query.RepoId);
        if (TextPart.Of(query.Text) is { } part) services = services.Where(s => EF.Functions.ILike(s.Name, part, "\\"));
        return paging.ReadAsync(Shape(db, services), cancellation);
    }

    private static async Task<Results<Ok<ServiceAnswer>, NotFound>> GetAsync(
        Guid id, VeelocityDb db, CancellationToken cancellation) =>
        await Shape(db, db.Services.Where(s => s.Id == id)).SingleOrDefaultAsync(cancellation) is { } found
            ? TypedResults.Ok(found)
            : TypedResults.NotFound();

    private static async Task<Created<ServiceAnswer>> CreateAsync(
        ServiceBody body, ClaimsPrincipal caller, ServiceChanges changes, PathSync sync, VeelocityDb db,
        CancellationToken cancellation)
    {
        var made = await Named(() => changes.AddAsync(body.RepoId!.Value, body.Name, [.. body.Paths!],
            caller.RequiredCallerId(), cancellation))
            ?? throw new Refused("This organization has no repository with this id.",
                "invalid") { Field = nameof(ServiceBody.RepoId) };
        await sync.RequestAsync(body.RepoId!.Value, cancellation);
        return TypedResults.Created($"/api/v1/services/{made}", await Shape(db,
            db.Services.Where(s => s.Id == made)).SingleAsync(cancellation));
    }

    private static async Task<Results<Ok<ServiceAnswer>, NotFound>> EditAsync(
        Guid id, ServicePatch body, ClaimsPrincipal caller, ServiceChanges changes, PathSync sync, VeelocityDb db,
        CancellationToken cancellation)
    {
        if (await db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellation) is not { } service)
            return TypedResults.NotFound();
        await Named(() => changes.EditAsync(id, body.NameOver(service), body.PathsOver(service),
            caller.RequiredCallerId(), cancellation));
        await sync.RequestAsync(service.RepositoryId, cancellation);
        return await GetAsync(id, db, cancellation);
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(
        Guid id, ServiceChanges changes, CancellationToken cancellation) =>
        await changes.RemoveAsync(id, cancellation) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<Results<Ok<ServiceAnswer>, NotFound>> ReturnToDetectionAsync(
        Guid id, ServiceChanges changes, VeelocityDb db, CancellationToken cancellation) =>
        await changes.ReturnToDetectionAsync(id, cancellation)
            ? await GetAsync(id, db, cancellation)
            : TypedResults.NotFound();

    /// <summary>Pages call paths globs.</summary>
    private static async Task<T> Named<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Refused wrong) when (wrong.Field == "Globs")
        {
            throw new Refused(wrong.Message, wrong.Code) { Field = nameof(ServiceBody.Paths) };
        }
    }

    private static IQueryable<ServiceAnswer> Shape(VeelocityDb db, IQueryable<Service> services) =>
        from s in services.AsNoTracking()
        join r in db.Repositories on s.RepositoryId equals r.Id
        orderby r.FullName, s.Name, s.Id
        select new ServiceAnswer(
            s.Id, s.Name, r.Id, r.FullName, s.PathGlobs, s.Source, s.SourceName, s.SourceBranch, s.SourceEvidence,
            s.ChosenAt, s.SourceJob, s.SourceWorkflow, s.SourceAlso, s.SourceRepositoryId, s.SourcePaths,
            db.SourceFindings.Where(f => f.ServiceId == s.Id).OrderBy(f => f.Problem).ThenBy(f => f.Subject)
                .Select(f => new SourceFindingAnswer(f.Problem, f.Subject, f.Count, f.LastAt)).ToList());
}

internal sealed record ServiceQuery
{
    [FromQuery(Name = "repo_id"), IdOf<Repository>("repository")]
    public Guid? RepoId { get; init; }

    /// <summary>Part of the name.</summary>
    [FromQuery(Name = "q"), StringLength(100, ErrorMessage = "Use 100 characters at most.")]
    public string? Text { get; init; }
}

internal sealed record ServiceBody
{
    [Required(ErrorMessage = "Name the repository.")]
    public Guid? RepoId { get; init; }

    [Required(ErrorMessage = "Give the service a name.")]
    [StringLength(100, ErrorMessage = "Use 100 characters at most.")]
    public string? Name { get; init; }

    /// <summary>Globs inside the repository, such as <c>services/api/**</c>.</summary>
    [Required(ErrorMessage = "Name the paths it is made of.")]
    [MinLength(1, ErrorMessage = "Name the paths it is made of.")]
    public IReadOnlyList<string>? Paths { get; init; }
}

internal sealed record ServicePatch : PatchBody
{
    [StringLength(100, ErrorMessage = "Use 100 characters at most.")]
    public string? Name { get; init => field = Sent(value); }

    /// <summary>Globs inside the repository; none for the whole of it.</summary>
    public IReadOnlyList<string>? Paths { get; init => field = Sent(value); }

    internal string? NameOver(Service before) => Or(Name, before.Name, nameof(Name));

    internal string[] PathsOver(Service before) => [.. Or(Paths, before.PathGlobs, nameof(Paths)) ?? []];
}

/// <param name="Paths">Empty for the repository as a whole.</param>
/// <param name="SourceAlso">More environments of the same production.</param>
/// <param name="SourceRepositoryId">The repository that deploys it; null for its own.</param>
/// <param name="Findings">What is doubtful about the source.</param>
/// <param name="SourceName">The environment, the workflow's path, a pattern for tags, the start of the releases' tags, or a label; null for all.</param>
/// <param name="SourceEvidence">Why detection chose this source; null when someone did.</param>
internal sealed record ServiceAnswer(
    Guid Id, string Name, Guid RepoId, string Repo, IReadOnlyList<string> Paths, DeploymentSource Source, string? SourceName, string? SourceBranch,
    string? SourceEvidence, DateTimeOffset? ChosenAt, string? SourceJob, string? SourceWorkflow, IReadOnlyList<string> SourceAlso,
    Guid? SourceRepositoryId, IReadOnlyList<string> SourcePaths, IReadOnlyList<SourceFindingAnswer> Findings);
