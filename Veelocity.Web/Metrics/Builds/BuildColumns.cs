using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Builds;

/// <summary>The builds of an organization as columns, sorted by when they were started; never changed once read, only replaced.</summary>
/// <param name="version">The organization's data version when they were read.</param>
internal sealed class BuildColumns(long version)
{
    private const int BytesEach = 72;

    private readonly Dictionary<Guid, int> places = [];
    private int[]? runs;
    private readonly Dictionary<BuildFailures.Cause, BuildFailures.Cause> causes = [];

    public long Version => version;
    public int Count => StartedAt.Count;
    public long Bytes => ((long)Count * BytesEach) + 1_000;

    public List<DateTime> StartedAt { get; } = [];
    public List<DateTime> RunCreatedAt { get; } = [];
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

    /// <summary>Attempts started in a span of time, of what the filter lets through.</summary>
    /// <param name="platform">Null for both.</param>
    /// <param name="teamOwns">The repositories that count for the filter's team; null when it asks for none.</param>
    public IEnumerable<BuildTimes> In(Instants span, Filter filter, BuildPlatform? platform, IReadOnlySet<Guid>? teamOwns)
    {
        var (from, to) = (First(Count, at => StartedAt[at], span.From), First(Count, at => StartedAt[at], span.To));
        return Of(Enumerable.Range(from, Math.Max(0, to - from)), filter, platform, teamOwns);
    }

    /// <summary>The first attempts of the runs created in a span of time: each stands for its run.</summary>
    /// <inheritdoc cref="In"/>
    public IEnumerable<BuildTimes> RunsIn(Instants span, Filter filter, BuildPlatform? platform, IReadOnlySet<Guid>? teamOwns)
    {
        // Once they are all read they never change; two that sort them at the same time come to the same order.
        runs ??= [.. Enumerable.Range(0, Count).Where(at => IsFirst[at]).OrderBy(at => RunCreatedAt[at])];
        var (from, to) = (First(runs.Length, at => RunCreatedAt[runs[at]], span.From), First(runs.Length, at => RunCreatedAt[runs[at]], span.To));
        return Of(runs.Skip(from).Take(to - from), filter, platform, teamOwns);
    }

    public int PlaceOf(Guid repository, Func<string> name)
    {
        if (places.TryGetValue(repository, out var place)) return place;
        Repositories.Add(new BuildRepository(repository, name()));
        return places[repository] = Repositories.Count - 1;
    }

    public BuildFailures.Cause Shared(BuildFailures.Cause cause) => causes.TryGetValue(cause, out var known) ? known : causes[cause] = cause;

    private IEnumerable<BuildTimes> Of(IEnumerable<int> places, Filter filter, BuildPlatform? platform, IReadOnlySet<Guid>? teamOwns)
    {
        var taken = Repositories.ConvertAll(repository =>
            (filter.RepositoryId is null || filter.RepositoryId == repository.Id) && teamOwns?.Contains(repository.Id) != false);
        return places.Where(at => taken[Repository[at]] && (platform is null || Platform[at] == platform)).Select(at => new BuildTimes(this, at));
    }

    // The first that is not before the instant.
    private static int First(int count, Func<int, DateTime> timeOf, DateTimeOffset instant)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (timeOf(middle) < instant.UtcDateTime) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
