using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.Rules;

/// <summary>Checks a source that a member typed: it must exist, and say nothing that its kind can't use. Workflows may go by their name or file.</summary>
internal sealed class SourceCheck(VeelocityDb db)
{
    /// <summary>The source as it is stored.</summary>
    public async Task<ServiceSource> CheckAsync(Service service, ServiceSource source, CancellationToken cancellation)
    {
        Only(source.Job is null || source.Source == DeploymentSource.Workflow, nameof(source.Job), "Only a workflow has jobs.");
        Only(source.Branch is null || source.Source == DeploymentSource.Workflow, nameof(source.Branch), "Only a workflow runs on branches.");
        Only(source.Workflow is null || source.Source == DeploymentSource.Environment, nameof(source.Workflow), "Only an environment can be narrowed by workflow.");
        Only(source.Also.Count == 0 || source.Source == DeploymentSource.Environment, nameof(source.Also), "Only environments can form one production.");
        Only(source.Paths.Count == 0 || source.RepositoryId is not null, nameof(source.Paths), "Paths belong to a source in another repository.");
        foreach (var (field, text) in new[]
        {
            (nameof(source.Name), source.Name), (nameof(source.Branch), source.Branch), (nameof(source.Job), source.Job), (nameof(source.Workflow), source.Workflow),
        })
            Only(text is null || text.Length <= ServiceSource.MaxText, field, $"Use at most {ServiceSource.MaxText} characters.");
        if (PathGlobs.ProblemOf(source.Paths) is { } problem) throw Wrong(nameof(source.Paths), problem);
        if (source.RepositoryId == service.RepositoryId) source = source with { RepositoryId = null };
        Only(
            source.RepositoryId is not { } other || await db.Repositories.AnyAsync(r => r.Id == other && r.OrganizationId == service.OrganizationId, cancellation),
            nameof(source.RepositoryId), "Choose a connected repository.");
        var repository = source.RepositoryId ?? service.RepositoryId;
        return source.Source switch
        {
            DeploymentSource.Environment => await EnvironmentAsync(source, repository, cancellation),
            DeploymentSource.Workflow => await WorkflowAsync(source, repository, cancellation),
            _ => source,
        };
    }

    private async Task<ServiceSource> EnvironmentAsync(ServiceSource source, Guid repositoryId, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(source.Name)) throw Wrong(nameof(source.Name), "Name the environment.");
        var known = await db.EnvironmentDeployments.Where(d => d.RepositoryId == repositoryId).Select(d => d.Environment).Distinct().ToListAsync(cancellation);
        known.AddRange(await db.DeploymentEnvironments.Where(e => e.RepositoryId == repositoryId).Select(e => e.Name).ToListAsync(cancellation));
        return source with
        {
            Name = Known(nameof(source.Name), source.Name),
            Also = [.. source.Also.Select(name => Known(nameof(source.Also), name)).Where(name => name != source.Name).Distinct(StringComparer.Ordinal)],
        };

        string Known(string field, string name) => known.Find(k => k == name) ?? known.Find(k => k.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw Wrong(field, $"The repository has no environment {name}.");
    }

    private async Task<ServiceSource> WorkflowAsync(ServiceSource source, Guid repositoryId, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(source.Name)) throw Wrong(nameof(source.Name), "Name the workflow, by its name or file.");
        var workflows = await db.Workflows.Where(w => w.RepositoryId == repositoryId).Select(w => new { w.Name, w.Path }).ToListAsync(cancellation);
        var found = workflows.Find(w => w.Path == source.Name) ?? workflows.Find(w => Path.GetFileName(w.Path) == source.Name)
            ?? workflows.Find(w => w.Name.Equals(source.Name, StringComparison.OrdinalIgnoreCase))
            ?? throw Wrong(nameof(source.Name), $"The repository has no workflow {source.Name}.");
        return source with { Name = found.Path };
    }

    private static void Only(bool isRight, string field, string message)
    {
        if (!isRight) throw Wrong(field, message);
    }

    private static Refused Wrong(string field, string message) => new(message, "invalid_source") { Field = field };
}
