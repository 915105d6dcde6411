using System.Text.RegularExpressions;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.Sources;

/// <summary>Finds the job that deploys among those of a workflow (M8).</summary>
internal sealed partial class JobNames(string deployPattern, string notDeployPattern)
{
    private static readonly string[] Verbs = ["deploy", "release", "publish"];

    private readonly NamePattern _deploys = NamePattern.Of(deployPattern);
    private readonly NamePattern _not = NamePattern.Of(notDeployPattern);

    public static string WithoutMatrix(string name) => Matrix().Replace(name, "");

    /// <summary>Says that it deploys to production, or nothing but production.</summary>
    public bool SaysProduction(string job) =>
        NameWords.SaysProduction(job) && MayDeploy(job, isPlainProduction: PlainProduction().IsMatch(WithoutMatrix(job)));

    public bool MayDeploy(string job) => MayDeploy(job, isPlainProduction: false);

    /// <summary>The names that a source should name: those that say production; where runs had none of them, those with the plainest verb.</summary>
    /// <param name="runs">The names of each run's jobs. Jobs are renamed, so what one run had another may lack; a skipped one is there.</param>
    public IReadOnlyList<string> Deploying(IEnumerable<IEnumerable<string>> runs)
    {
        var all = runs.Select(jobs => jobs.Select(WithoutMatrix).ToHashSet(StringComparer.OrdinalIgnoreCase)).Where(jobs => jobs.Count > 0)
            .ToLookup(jobs => jobs.Any(SaysProduction));
        var beside = all[true].SelectMany(jobs => jobs).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var plain = Plainest([.. all[false].SelectMany(jobs => jobs).Where(job => !beside.Contains(job))]);
        return [.. beside.Where(SaysProduction).Concat(plain).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
    }

    private IEnumerable<string> Plainest(List<string> jobs) =>
        Verbs.Select(verb => jobs.FindAll(job => job.Contains(verb, StringComparison.OrdinalIgnoreCase) && MayDeploy(job)))
            .FirstOrDefault(named => named.Count > 0) ?? [];

    private bool MayDeploy(string job, bool isPlainProduction)
    {
        if (NameWords.SaysNotProduction(job)) return false;
        if (NameWords.SaysProduction(job)) job = NameWords.WithoutSoftWords(job);
        return (isPlainProduction || _deploys.Matches(job)) && !_not.Matches(NameWords.Words(job));
    }

    [GeneratedRegex(@"\s*\([^()]*\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Matrix();

    [GeneratedRegex(@"^(prod|production|live)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PlainProduction();
}
