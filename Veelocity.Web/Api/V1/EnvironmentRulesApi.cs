using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>What members say environments are for (M13), whatever their names say.</summary>
internal static class EnvironmentRulesApi
{
    public static void MapEnvironmentRules(this RouteGroupBuilder v1)
    {
        var environments = v1.MapOrganizationGroup("/metrics/rules/environments").WithTags("Metric rules");
        environments.MapGet("/", ListAsync).WithSummary("What members say environments are for, by name");
        environments.MapPut("/", SetAsync).Requires(Permission.EditMetricRules)
            .WithSummary("Say what an environment is for, in one repository or in all; null leaves it to its name");
    }

    private static Task<Page<EnvironmentRuleAnswer>> ListAsync(
        [AsParameters] Paging paging, VeelocityDb db, CancellationToken cancellation) =>
        paging.ReadAsync(
            db.EnvironmentRules.AsNoTracking().OrderBy(r => r.Name).ThenBy(r => r.Id)
                .Select(r => new EnvironmentRuleAnswer(r.Name, r.RepositoryId, r.Use, r.SetAt)),
            cancellation);

    private static async Task<NoContent> SetAsync(
        EnvironmentRuleBody body, ClaimsPrincipal caller, CurrentOrganization organization, VeelocityDb db, EnvironmentChanges changes,
        CancellationToken cancellation)
    {
        if (body.RepositoryId is { } repository && !await db.Repositories.AnyAsync(r => r.Id == repository, cancellation))
            throw new Refused("This repository doesn't exist.", "unknown_repository") { Field = nameof(body.RepositoryId) };
        var uses = new Dictionary<string, EnvironmentUse?> { [body.Name!] = body.Use };
        await changes.SetAsync(organization.Id, body.RepositoryId, uses, caller.RequiredCallerId(), cancellation);
        return TypedResults.NoContent();
    }
}

/// <param name="Name">The environment's whole name; its case doesn't matter.</param>
/// <param name="RepositoryId">Null for every repository; a repository's own rule comes first.</param>
internal sealed record EnvironmentRuleAnswer(string Name, Guid? RepositoryId, EnvironmentUse Use, DateTimeOffset SetAt);

internal sealed record EnvironmentRuleBody
{
    [Required(ErrorMessage = "Name the environment."), StringLength(255, ErrorMessage = "Use 255 characters at most.")]
    public string? Name { get; init; }

    /// <summary>Only in this repository; in all when left out.</summary>
    public Guid? RepositoryId { get; init; }

    /// <summary><c>production</c>, <c>staging</c> or <c>ignored</c>; null leaves it to its name.</summary>
    public EnvironmentUse? Use { get; init; }
}
