using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>Workflow runs, every attempt a row of its own.</summary>
internal static class GitHubRuns
{
    public static void MapGitHubRuns(this RouteGroupBuilder actions) =>
        actions.MapGet("/runs", ListAsync).WithExample(new Page<RunAnswer>([RunAnswer.Example], 1, 50, 1))
            .WithSummary("Attempts of workflow runs, newest first; since is about the run's creation");

    private static Task<Page<RunAnswer>> ListAsync(
        [AsParameters] RunQuery query, [AsParameters] Paging paging, VeelocityDb db, CancellationToken cancellation) =>
        paging.ReadAsync(
            db.WorkflowRuns.AsNoTracking()
                .Where(r => query.RepoId == null || r.RepositoryId == query.RepoId)
                .Where(r => query.WorkflowId == null || r.WorkflowId == query.WorkflowId)
                .Where(r => query.Environment == null || db.Deployments.Any(d =>
                    (query.Named == null ? d.IsProduction : d.Environment == query.Named) && d.RepositoryId == r.RepositoryId && "run " + r.ExternalId == d.SourceKey))
                .Where(r => query.Status == null || r.Status == query.Status || r.Conclusion == query.Status)
                .Where(r => query.Only == null || db.Builds.Any(b => b.RunId == r.Id && b.Platform == query.Only))
                .Where(r => query.Platform != RunQuery.AllBuilds || db.Builds.Any(b => b.RunId == r.Id))
                .Where(r => query.Platform != RunQuery.NoBuild || !db.Builds.Any(b => b.RunId == r.Id))
                .Where(r => query.From == null || r.CreatedAt >= query.From)
                .OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id)
                .Select(r => new RunAnswer(
                    r.Id, r.RepositoryId, db.Repositories.First(x => x.Id == r.RepositoryId).FullName, r.WorkflowId,
                    db.Workflows.First(w => w.Id == r.WorkflowId).Name, r.ExternalId, r.Attempt, r.RunNumber, r.Title, r.Url, r.Event, r.HeadBranch,
                    r.HeadSha, r.Status, r.Conclusion, db.Accounts.First(a => a.Id == r.ActorAccountId).Login, r.CreatedAt, r.StartedAt, r.CompletedAt,
                    r.CompletedAt == null ? null : (r.CompletedAt.Value - r.StartedAt).TotalSeconds,
                    db.Builds.Where(b => b.RunId == r.Id).OrderBy(b => b.Platform).Select(b => b.Platform).ToArray())),
            cancellation);
}

internal sealed record RunQuery : GitHubQuery
{
    public const string AllBuilds = "all", NoBuild = "none";

    /// <summary>Only mobile builds for ios, for android, for either (all), or what is no mobile build (none).</summary>
    [FromQuery(Name = "platform")]
    [AllowedValues(null, "ios", "android", AllBuilds, NoBuild, ErrorMessage = "The platform is ios, android, all or none.")]
    public string? Platform { get; init; }

    public BuildPlatform? Only => Platform is "ios" or "android" ? SnakeCaseEnum<BuildPlatform>.FromText(Platform) : null;

    /// <summary>Only runs that are deployments into this environment.</summary>
    [FromQuery(Name = "environment"), EnvironmentName, StringLength(255, ErrorMessage = "An environment's name has 255 characters at most.")]
    public string? Environment { get; init; }

    /// <summary>Null for production.</summary>
    public string? Named => EnvironmentNameAttribute.Asked(Environment);

    [FromQuery(Name = "workflow_id"), IdOf<Workflow>("workflow")]
    public Guid? WorkflowId { get; init; }

    /// <summary>GitHub's word for a status or a conclusion, as GitHub's own filter takes either.</summary>
    [FromQuery(Name = "status")]
    [AllowedValues(null, "queued", "in_progress", "completed", "waiting", "requested", "pending",
        "success", "failure", "cancelled", "skipped", "timed_out", "action_required", "neutral", "stale", "startup_failure",
        ErrorMessage = "Choose a status (queued, in_progress, completed, waiting, requested, pending) or a conclusion "
            + "(success, failure, cancelled, skipped, timed_out, action_required, neutral, stale, startup_failure).")]
    public string? Status { get; init; }
}

/// <param name="ExternalId">GitHub's id of the run; all its attempts share it.</param>
/// <param name="Workflow">Its name; null while the workflow is not known.</param>
/// <param name="CompletedAt">When this attempt ended; null until then.</param>
/// <param name="DurationSeconds">From the attempt's start to its end.</param>
/// <param name="Platforms">What it built for; empty when it is no mobile build.</param>
internal sealed record RunAnswer(
    Guid Id, Guid RepoId, string Repo, Guid WorkflowId, string? Workflow, long ExternalId, int Attempt, int RunNumber, string Title, string Url,
    string Event, string? HeadBranch, string HeadSha, string Status, string? Conclusion, string? Actor, DateTimeOffset CreatedAt,
    DateTimeOffset StartedAt, DateTimeOffset? CompletedAt, double? DurationSeconds, IReadOnlyList<BuildPlatform> Platforms)
{
    public static readonly RunAnswer Example = new(
        new Guid("7a0c4a1e-4b1d-8a44-9f6e-3d2c1b0a9988"), RepoAnswer.ExampleId, "acme/web", WorkflowAnswer.ExampleId, "Deploy", 11223344556, 1, 318,
        "Show totals in the cart (#412)", "https://github.com/acme/web/actions/runs/11223344556", "push", "main",
        "1f7a7a472abf3dd9643fd615f6da379c4acb3e3a", "completed", "success", "ada", RepoAnswer.ExampleAt, RepoAnswer.ExampleAt,
        RepoAnswer.ExampleAt.AddSeconds(252), 252, []);
}
