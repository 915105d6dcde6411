using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>Deployments as each service's source gives them: what the metrics count, and what they leave out.</summary>
internal static class GitHubDeployments
{
    public static void MapGitHubDeployments(this RouteGroupBuilder actions) =>
        actions.MapGet("/deployments", ListAsync).WithExample(new Page<DeploymentAnswer>([DeploymentAnswer.Example], 1, 50, 1))
            .WithSummary("Finished deployments into every environment, newest first; since is about their end");

    private static Task<Page<DeploymentAnswer>> ListAsync(
        [AsParameters] DeploymentQuery query, [AsParameters] Paging paging, VeelocityDb db, CancellationToken cancellation) =>
        paging.ReadAsync(
            db.Deployments.AsNoTracking()
                .Where(d => query.RepoId == null || d.RepositoryId == query.RepoId)
                .Where(d => query.WorkflowId == null || db.WorkflowRuns.Any(r =>
                    r.WorkflowId == query.WorkflowId && r.RepositoryId == d.RepositoryId && "run " + r.ExternalId == d.SourceKey))
                .Where(d => query.Environment == null || (query.Named == null ? d.IsProduction : d.Environment == query.Named))
                .Where(d => query.Only == null || db.WorkflowRuns.Any(r => r.RepositoryId == d.RepositoryId && "run " + r.ExternalId == d.SourceKey
                    && db.Builds.Any(b => b.RunId == r.Id && b.Platform == query.Only)))
                .Where(d => query.Parsed == null || d.Outcome == query.Parsed)
                .Where(d => query.From == null || d.FinishedAt >= query.From)
                .OrderByDescending(d => d.FinishedAt).ThenBy(d => d.Id)
                .Select(d => new DeploymentAnswer(
                    d.Id, d.RepositoryId, db.Repositories.First(r => r.Id == d.RepositoryId).FullName, d.ServiceId,
                    db.Services.First(s => s.Id == d.ServiceId).Name, db.Services.First(s => s.Id == d.ServiceId).Source, d.SourceKey, d.Environment,
                    d.IsProduction, d.Title, d.Url, d.Sha, d.Ref, d.Outcome, d.StartedAt, d.FinishedAt, d.IsRelease, d.IsRollback,
                    db.DeployedChanges.Count(c => c.DeploymentId == d.Id))),
            cancellation);
}

internal sealed record DeploymentQuery : GitHubQuery
{
    /// <summary>Only deployments that are runs of this workflow.</summary>
    [FromQuery(Name = "workflow_id"), IdOf<Workflow>("workflow")]
    public Guid? WorkflowId { get; init; }

    /// <summary>An environment's name; all of them when left out.</summary>
    [FromQuery(Name = "environment"), EnvironmentName, StringLength(255, ErrorMessage = "An environment's name has 255 characters at most.")]
    public string? Environment { get; init; }

    /// <summary>Null for production.</summary>
    public string? Named => EnvironmentNameAttribute.Asked(Environment);

    /// <summary>Only deployments whose run built for this platform.</summary>
    [FromQuery(Name = "platform")]
    [AllowedValues(null, "ios", "android", ErrorMessage = "The platform is ios or android.")]
    public string? Platform { get; init; }

    public BuildPlatform? Only => Platform is null ? null : SnakeCaseEnum<BuildPlatform>.FromText(Platform);

    [FromQuery(Name = "status")]
    [AllowedValues(null, "succeeded", "failed", ErrorMessage = "Choose succeeded or failed.")]
    public string? Status { get; init; }

    public DeploymentOutcome? Parsed => Status switch
    {
        "succeeded" => DeploymentOutcome.Succeeded,
        "failed" => DeploymentOutcome.Failed,
        _ => null,
    };
}

/// <param name="Source">Where the service's deployments are read from.</param>
/// <param name="SourceKey">GitHub's own id behind it, such as <c>run 11223344556</c> or <c>deployment 1234</c>.</param>
/// <param name="Release">Counted in deployment frequency: a success with another commit than the one before.</param>
/// <param name="Rollback">Its commit was deployed before, and not just before.</param>
/// <param name="Changes">Pull requests it was the first to bring to production.</param>
internal sealed record DeploymentAnswer(
    Guid Id, Guid RepoId, string Repo, Guid ServiceId, string Service, DeploymentSource Source, string SourceKey, string Environment, bool Production,
    string Title, string Url, string? Sha, string? Ref, DeploymentOutcome Status, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, bool Release,
    bool Rollback, int Changes)
{
    public static readonly DeploymentAnswer Example = new(
        new Guid("e1f0a7d2-90bb-8c11-8f54-6a2b3c4d5e6f"), RepoAnswer.ExampleId, "acme/web", new Guid("4c1d2e3f-5a6b-8c7d-8e9f-0a1b2c3d4e5f"), "acme/web",
        DeploymentSource.Workflow, "run 11223344556", "production", Production: true, "Show totals in the cart (#412)",
        "https://github.com/acme/web/actions/runs/11223344556", "1f7a7a472abf3dd9643fd615f6da379c4acb3e3a", "main", DeploymentOutcome.Succeeded,
        RepoAnswer.ExampleAt, RepoAnswer.ExampleAt.AddSeconds(252), Release: true, Rollback: false, 3);
}
