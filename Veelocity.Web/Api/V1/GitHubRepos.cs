using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>The repositories that were read.</summary>
internal static class GitHubRepos
{
    public static void MapGitHubRepos(this RouteGroupBuilder github) =>
        github.MapGet("/repos", ListAsync).WithExample(new Page<RepoAnswer>([RepoAnswer.Example], 1, 50, 1))
            .WithSummary("Repositories, by name; since is about the last push");

    private static Task<Page<RepoAnswer>> ListAsync(
        [AsParameters] RepoQuery query, [AsParameters] Paging paging, VeelocityDb db, CancellationToken cancellation) =>
        paging.ReadAsync(
            db.Repositories.AsNoTracking()
                .Where(r => query.RepoId == null || r.Id == query.RepoId)
                .Where(r => query.State == null || r.IsArchived == (query.State == RepoQuery.Archived))
                .Where(r => query.From == null || r.PushedAt >= query.From)
                .OrderBy(r => r.FullName).ThenBy(r => r.Id)
                .Select(r => new RepoAnswer(
                    r.Id, r.ExternalId, r.FullName, r.Url, r.DefaultBranch, r.IsPrivate, r.IsArchived, r.IsFork, r.CreatedAt, r.PushedAt)),
            cancellation);
}

internal sealed record RepoQuery : GitHubQuery
{
    public const string Archived = "archived";

    [FromQuery(Name = "state")]
    [AllowedValues(null, "active", Archived, ErrorMessage = "Choose active or archived.")]
    public string? State { get; init; }
}

/// <param name="ExternalId">GitHub's own id; it stays when the repository is renamed.</param>
/// <param name="DefaultBranch">Null while the repository is empty.</param>
internal sealed record RepoAnswer(
    Guid Id, string ExternalId, string FullName, string Url, string? DefaultBranch, bool Private, bool Archived, bool Fork,
    DateTimeOffset CreatedAt, DateTimeOffset? PushedAt)
{
    public static readonly Guid ExampleId = new("5f0c7c52-64c0-8b55-9d35-0a4be1d4b3a1");
    public static readonly DateTimeOffset ExampleAt = new(2026, 11, 1, 9, 30, 0, TimeSpan.Zero);

    public static readonly RepoAnswer Example = new(
        ExampleId, "712345678", "acme/web", "https://github.com/acme/web", "main", Private: true, Archived: false, Fork: false, ExampleAt.AddYears(-3), ExampleAt);
}
