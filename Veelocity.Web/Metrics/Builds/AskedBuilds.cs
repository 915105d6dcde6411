using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Builds;

/// <summary>The builds that a filter lets through. A team's are those of the repositories that it owns as a whole: a build is of no single service.</summary>
public sealed class AskedBuilds(BuildStore store, TeamScopes scopes)
{
    internal async Task<Answer> OfAsync(Filter filter, CancellationToken cancellation) => new(
        await store.ReadAsync(filter.OrganizationId, cancellation), filter,
        filter.TeamId is { } team ? (await scopes.OfAsync(filter.OrganizationId, team, cancellation)).RepositoryIds : null);

    /// <summary>As they were when they were asked for.</summary>
    internal sealed record Answer(BuildColumns Columns, Filter Filter, IReadOnlySet<Guid>? TeamOwns)
    {
        /// <param name="platform">Null for both.</param>
        public IEnumerable<BuildTimes> In(Instants span, BuildPlatform? platform) => Columns.In(span, Filter, platform, TeamOwns);

        /// <summary>The same by repository; those without any are not in it.</summary>
        public IEnumerable<(BuildRepository Repository, IReadOnlyList<BuildTimes> Builds)> ByRepository(Instants span, BuildPlatform? platform)
        {
            var found = new List<BuildTimes>?[Columns.Repositories.Count];
            foreach (var build in In(span, platform)) (found[build.Repository] ??= []).Add(build);
            return found.OfType<List<BuildTimes>>().Select(builds => (Columns.Repositories[builds[0].Repository], (IReadOnlyList<BuildTimes>)builds));
        }
    }
}
