using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Builds;

/// <summary>The builds of an organization as columns, sorted by when they were asked for; never changed once read, only replaced.</summary>
/// <param name="version">The organization's data version when they were read.</param>
internal sealed class BuildColumns(long version)
{
    private const int BytesEach = 60;

    private readonly Dictionary<Guid, int> places = [];
    private readonly Dictionary<BuildFailures.Cause, BuildFailures.Cause> causes = [];

    public long Version => version;
    public int Count => StartedAt.Count;
    public long Bytes => ((long)Count * BytesEach) + 1_000;

    public List<DateTime> StartedAt { get; } = [];
    public List<BuildRepository> Repositories { get; } = [];
    public List<int> Repository { get; } = [];
    public List<BuildPlatform> Platform { get; } = [];
    public List<BuildOutcome> Outcome { get; } = [];
    public List<BuildOutcome> Eventual { get; } = [];
    public List<int> Attempt { get; } = [];
    public List<bool> IsFirst { get; } = [];
    public List<bool> IsFlaky { get; } = [];

    /// <summary>In seconds; not a number where the jobs are not known.</summary>
    public List<double> Duration { get; } = [];
    public List<double> Queue { get; } = [];

    /// <summary>The same few again and again; null for what did not fail.</summary>
    public List<BuildFailures.Cause?> Cause { get; } = [];

    /// <summary>Attempts asked for in a span of time, of what the filter lets through.</summary>
    /// <param name="platform">Null for both.</param>
    /// <param name="teamOwns">The repositories that count for the filter's team; null when it asks for none.</param>
    public IEnumerable<BuildTimes> In(Instants span, Filter filter, BuildPlatform? platform, IReadOnlySet<Guid>? teamOwns)
    {
        var taken = Repositories.ConvertAll(repository =>
            (filter.RepositoryId is null || filter.RepositoryId == repository.Id) && teamOwns?.Contains(repository.Id) != false);
        var end = First(span.To.UtcDateTime);
        for (var at = First(span.From.UtcDateTime); at < end; at++)
        {
            if (taken[Repository[at]] && (platform is null || Platform[at] == platform)) yield return new BuildTimes(this, at);
        }
    }

    public int PlaceOf(Guid repository, Func<string> name)
    {
        if (places.TryGetValue(repository, out var place)) return place;
        Repositories.Add(new BuildRepository(repository, name()));
        return places[repository] = Repositories.Count - 1;
    }

    public BuildFailures.Cause Shared(BuildFailures.Cause cause) => causes.TryGetValue(cause, out var known) ? known : causes[cause] = cause;

    // The first that is not before the instant.
    private int First(DateTime instant)
    {
        var (low, high) = (0, StartedAt.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (StartedAt[middle] < instant) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
