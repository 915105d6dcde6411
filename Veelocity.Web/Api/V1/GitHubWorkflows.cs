using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>The workflow definitions of the repositories.</summary>
internal static class GitHubWorkflows
{
    public static void MapGitHubWorkflows(this RouteGroupBuilder actions) =>
        actions.MapGet("/workflows", ListAsync).WithExample(new Page<WorkflowAnswer>([WorkflowAnswer.Example], 1, 50, 1))
            .WithSummary("Workflows, by repository and name; since is about the last run");

    private static Task<Page<WorkflowAnswer>> ListAsync(
        [AsParameters] WorkflowQuery query, [AsParameters] Paging paging, VeelocityDb db, CancellationToken cancellation) =>
        paging.ReadAsync(
            db.Workflows.AsNoTracking()
                .Where(w => query.RepoId == null || w.RepositoryId == query.RepoId)
                .Where(w => query.WorkflowId == null || w.Id == query.WorkflowId)
                .Where(w => query.Status == null || w.State == query.Status)
                .Where(w => query.Platform == null || db.WorkflowRuns.Any(r => r.WorkflowId == w.Id
                    && db.Builds.Any(b => b.RunId == r.Id && (query.Only == null || b.Platform == query.Only))))
                .Where(w => query.Environment == null || db.WorkflowRuns.Any(r => r.WorkflowId == w.Id && db.Deployments.Any(d =>
                    (query.Named == null ? d.IsProduction : d.Environment == query.Named) && d.RepositoryId == r.RepositoryId && "run " + r.ExternalId == d.SourceKey)))
                .Where(w => query.From == null || db.WorkflowRuns.Any(r => r.WorkflowId == w.Id && r.CreatedAt >= query.From))
                .Join(db.Repositories, w => w.RepositoryId, r => r.Id, (w, r) => new { w, r.FullName })
                .OrderBy(x => x.FullName).ThenBy(x => x.w.Name).ThenBy(x => x.w.Id)
                .Select(x => new WorkflowAnswer(
                    x.w.Id, x.w.RepositoryId, x.FullName, x.w.ExternalId, x.w.Name, x.w.Path, x.w.State,
                    db.WorkflowRuns.Where(r => r.WorkflowId == x.w.Id).Max(r => (DateTimeOffset?)r.CreatedAt))),
            cancellation);
}

internal sealed record WorkflowQuery : GitHubQuery
{
    [FromQuery(Name = "workflow_id"), IdOf<Workflow>("workflow")]
    public Guid? WorkflowId { get; init; }

    /// <summary>Only workflows whose runs are deployments into this environment.</summary>
    [FromQuery(Name = "environment"), EnvironmentName, StringLength(255, ErrorMessage = "An environment's name has 255 characters at most.")]
    public string? Environment { get; init; }

    /// <summary>Null for production.</summary>
    public string? Named => EnvironmentNameAttribute.Asked(Environment);

    /// <summary>Only workflows that built for ios, for android, or for either (all).</summary>
    [FromQuery(Name = "platform")]
    [AllowedValues(null, "ios", "android", "all", ErrorMessage = "The platform is ios, android or all.")]
    public string? Platform { get; init; }

    public BuildPlatform? Only => Platform is "ios" or "android" ? SnakeCaseEnum<BuildPlatform>.FromText(Platform) : null;

    /// <summary>GitHub's word for its state.</summary>
    [FromQuery(Name = "status")]
    [AllowedValues(null, "active", "deleted", "disabled_fork", "disabled_inactivity", "disabled_manually",
        ErrorMessage = "Choose active, deleted, disabled_fork, disabled_inactivity or disabled_manually.")]
    public string? Status { get; init; }
}

/// <param name="Path">From the repository's root.</param>
internal sealed record WorkflowAnswer(
    Guid Id, Guid RepoId, string Repo, long ExternalId, string Name, string Path, string Status, DateTimeOffset? LastRunAt)
{
    public static readonly Guid ExampleId = new("2e6d3c1b-7f7b-8a8c-8d2e-5b0f6a1c9e44");

    public static readonly WorkflowAnswer Example = new(
        ExampleId, RepoAnswer.ExampleId, "acme/web", 90123456, "Deploy", ".github/workflows/deploy.yml", "active", RepoAnswer.ExampleAt);
}
