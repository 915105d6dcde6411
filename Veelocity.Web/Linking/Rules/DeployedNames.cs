using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Sources;

namespace Veelocity.Web.Linking.Rules;

/// <summary>
/// Which environments and workflows of a repository may bring something to production. The patterns are read here and nowhere in SQL:
/// PostgreSQL's regular expressions are another language, and two readings of one pattern would disagree.
/// </summary>
public sealed class DeployedNames(VeelocityDb db)
{
    public sealed record Answer(string[] Environments, Guid[] WorkflowIds, bool WithTags);

    public async Task<Answer> FindAsync(Guid organizationId, Guid repositoryId, CancellationToken cancellation)
    {
        var organization = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == organizationId, cancellation);
        var services = await Unfiltered<Service>().Where(s => (s.SourceRepositoryId ?? s.RepositoryId) == repositoryId).ToListAsync(cancellation);
        var sources = services.SelectMany(s => s.ReadFrom.Names).ToHashSet(StringComparer.Ordinal);
        var rules = await Unfiltered<EnvironmentRule>()
            .Where(r => r.OrganizationId == organizationId && (r.RepositoryId == null || r.RepositoryId == repositoryId))
            .OrderBy(r => r.RepositoryId != null).ToListAsync(cancellation);
        var uses = new Dictionary<string, EnvironmentUse>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in rules) uses[rule.Name] = rule.Use;

        var declared = await Unfiltered<DeploymentEnvironment>().Where(e => e.RepositoryId == repositoryId).ToDictionaryAsync(e => e.Name, cancellation);
        var named = await Unfiltered<EnvironmentDeployment>().Where(d => d.RepositoryId == repositoryId).Select(d => d.Environment).Distinct().ToListAsync(cancellation);
        var production = new ProductionNames(organization.ProductionPattern);
        var workflows = await Unfiltered<Workflow>().Where(w => w.RepositoryId == repositoryId)
            .Select(w => new WorkflowFacts(w.Id, w.Name, w.Path)).ToListAsync(cancellation);
        var deploying = new WorkflowNames(organization.DeployPattern, organization.NotDeployPattern);
        return new(
            [.. named.Where(IsProduction)],
            [.. workflows.Where(w => sources.Contains(w.Path) || deploying.MayDeploy(w)).Select(w => w.Id)],
            services.Exists(s => s.Source == DeploymentSource.Tags));

        bool IsProduction(string name)
        {
            var environment = declared.GetValueOrDefault(name);
            if (environment?.IsDeclaredTransient == true) return false;
            if (sources.Contains(name)) return true;
            return uses.TryGetValue(name, out var use) ? use == EnvironmentUse.Production : environment?.IsDeclaredProduction == true || production.Matches(name);
        }
    }

    private IQueryable<TRow> Unfiltered<TRow>()
        where TRow : class => db.Set<TRow>().AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter]);
}
