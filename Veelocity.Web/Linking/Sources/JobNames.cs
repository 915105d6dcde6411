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

    /// <summary>The names that a source should name, best first: those that say production, else those with the plainest verb.</summary>
    public IReadOnlyList<string> Deploying(IEnumerable<string> jobs)
    {
        string[] all = [.. jobs.Select(WithoutMatrix).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
        if (all.Where(SaysProduction).ToArray() is { Length: > 0 } production) return production;
        return Verbs.Select(verb => all.Where(job => job.Contains(verb, StringComparison.OrdinalIgnoreCase) && MayDeploy(job)).ToArray())
            .FirstOrDefault(named => named.Length > 0) ?? [];
    }

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
