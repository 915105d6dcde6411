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
        /// <summary>Attempts, by when each was started.</summary>
        /// <param name="platform">Null for both.</param>
        public IEnumerable<BuildTimes> In(Instants span, BuildPlatform? platform) => Columns.In(span, Filter, platform, TeamOwns);

        /// <summary>Runs, by when each was created; each as its first attempt.</summary>
        public IEnumerable<BuildTimes> RunsIn(Instants span, BuildPlatform? platform) => Columns.RunsIn(span, Filter, platform, TeamOwns);

        /// <summary>The same by repository; those without any are not in it.</summary>
        public IEnumerable<(BuildRepository Repository, IReadOnlyList<BuildTimes> Attempts, IReadOnlyList<BuildTimes> Runs)> ByRepository(
            Instants span, BuildPlatform? platform)
        {
            var (attempts, runs) = (In(span, platform).ToLookup(build => build.Repository), RunsIn(span, platform).ToLookup(build => build.Repository));
            return Columns.Repositories.Index()
                .Where(each => attempts.Contains(each.Index) || runs.Contains(each.Index))
                .Select(each => (each.Item, (IReadOnlyList<BuildTimes>)[.. attempts[each.Index]], (IReadOnlyList<BuildTimes>)[.. runs[each.Index]]));
        }
    }
}
