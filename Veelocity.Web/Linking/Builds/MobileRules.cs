using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.Builds;

/// <summary>What a workflow builds, and what tells so.</summary>
/// <param name="Why">In words, for people; null where nothing tells.</param>
public sealed record MobileFinding(MobilePlatforms Platforms, string? Why);

/// <summary>
/// Reads by an organization's rules which workflows are mobile builds, and which job is for which platform. A person's word goes first, then the
/// names that are none, then the workflow's name or file, then what the file contains; a platform of its own goes before both.
/// </summary>
public sealed class MobileRules(BuildRuleSet set)
{
    private const int MostKept = 64;

    // To make a pattern ready costs milliseconds, and each repository of an organization is linked by the same ones.
    private static readonly ConcurrentDictionary<BuildRuleSet, MobileRules> Known = new();


    private readonly NamePattern not = NamePattern.Of(set.NotNames);
    private readonly NamePattern iosNames = NamePattern.Of(set.IosNames), androidNames = NamePattern.Of(set.AndroidNames), bothNames = NamePattern.Of(set.BothNames);
    private readonly NamePattern iosContents = NamePattern.Of(set.IosContents), androidContents = NamePattern.Of(set.AndroidContents), bothContents = NamePattern.Of(set.BothContents);
    private readonly NamePattern iosJobs = NamePattern.Of(set.IosJobs), androidJobs = NamePattern.Of(set.AndroidJobs);

    public static MobileRules Of(BuildRuleSet set)
    {
        if (Known.Count > MostKept) Known.Clear();
        return Known.GetOrAdd(set, static set => new MobileRules(set));
    }

    public static async Task<BuildRuleSet> SetOfAsync(VeelocityDb db, Guid organizationId, CancellationToken cancellation) =>
        (await db.BuildRules.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .SingleOrDefaultAsync(r => r.OrganizationId == organizationId, cancellation))?.Set ?? new BuildRuleSet();

    /// <param name="jobs">What its file contains; empty while that is unknown.</param>
    public MobileFinding Find(string name, string path, IReadOnlyList<WorkflowJobWords> jobs, MobilePlatforms? chosen)
    {
        if (chosen is { } said) return new(said, "chosen by hand");
        // Each apart, so that ^ and $ mean the ends of a name or of a file.
        string[] names = [name, Path.GetFileName(path)];
        if (Array.Exists(names, not.Matches)) return new(MobilePlatforms.None, null);
        return Of(names, iosNames, androidNames, bothNames, hit => hit == name ? "its name" : $"its file, {hit}")
            ?? Of([.. jobs.SelectMany(job => job.Words)], iosContents, androidContents, bothContents, hit => $"its file contains {hit}")
            ?? new(MobilePlatforms.None, null);
    }

    /// <summary>Which platform a job of a workflow for both builds for; null when it serves both, or nothing tells.</summary>
    /// <param name="name">As its run shows it: expressions filled in.</param>
    public BuildPlatform? PlatformOf(string name, IReadOnlyList<WorkflowJobWords> jobs) =>
        Only(iosJobs.Matches(name), androidJobs.Matches(name)) ?? (DescribedBy(name, jobs) is { } job
            ? Only(iosJobs.Matches(job.Key), androidJobs.Matches(job.Key))
                ?? Only(Array.Exists(job.Words, w => iosContents.Matches(w) || iosJobs.Matches(w)), Array.Exists(job.Words, w => androidContents.Matches(w) || androidJobs.Matches(w)))
            : null);

    /// <summary>The job of the file that a run's job comes from: by name, where a matrix adds to it in brackets, and a called workflow after a slash.</summary>
    private static WorkflowJobWords? DescribedBy(string name, IReadOnlyList<WorkflowJobWords> jobs) =>
        jobs.FirstOrDefault(job => job.Name == name || job.Key == name)
        ?? jobs.FirstOrDefault(job => StartsWith(name, job.Key) || StartsWith(name, job.Name.Split("${{")[0].TrimEnd(' ', '(', '-')));

    private static bool StartsWith(string name, string start) =>
        start.Length > 0 && name.Length > start.Length && name.StartsWith(start, StringComparison.Ordinal) && name[start.Length] is ' ' or '/' or '(' or '-';

    private static BuildPlatform? Only(bool isIos, bool isAndroid) => (isIos, isAndroid) switch
    {
        (true, false) => BuildPlatform.Ios,
        (false, true) => BuildPlatform.Android,
        _ => null,
    };

    private static MobileFinding? Of(IReadOnlyList<string> texts, NamePattern ios, NamePattern android, NamePattern both, Func<string, string> why)
    {
        var (i, a) = (texts.FirstOrDefault(ios.Matches), texts.FirstOrDefault(android.Matches));
        return (i, a) switch
        {
            (not null, not null) => new(MobilePlatforms.Both, i == a ? why(i) : $"{why(i)} and {a}"),
            (not null, null) => new(MobilePlatforms.Ios, why(i)),
            (null, not null) => new(MobilePlatforms.Android, why(a)),
            _ => texts.FirstOrDefault(both.Matches) is { } hit ? new(MobilePlatforms.Both, why(hit)) : null,
        };
    }
}
