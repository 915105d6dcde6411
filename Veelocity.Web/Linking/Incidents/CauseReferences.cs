using System.Text.RegularExpressions;

namespace Veelocity.Web.Linking.Incidents;

/// <summary>
/// Commits and addresses by which an incident names the deployment that caused it (M22), apart by blanks as they are
/// stored.
/// </summary>
internal static partial class CauseReferences
{
    /// <param name="Kind"><c>commit</c>, <c>run</c>, <c>deployment</c>, <c>release</c>, <c>url</c>,
    /// or <c>other</c> for what is not a single deployment.</param>
    /// <param name="Key">The commit, the run's address, the deployment's number, the tag or the address.</param>
    /// <param name="Repository">Its full name; null when the reference doesn't say.</param>
    /// <param name="IsSure">A bare word of letters and digits may be something else than a commit.</param>
    public sealed record Reference(string Text, string Kind, string Key, string? Repository, bool IsSure);

    /// <summary>What a message names.</summary>
    public static IEnumerable<string> In(string text, IEnumerable<string> links)
    {
        var addresses = links.Concat(Address().Matches(text).Select(found => found.Value.TrimEnd('.', ',', ')', '>', '!', '?', ';', ':')));
        foreach (var address in addresses)
            if (Commit().IsMatch(address) || IsDeployment().IsMatch(address)) yield return address;
        foreach (Match sha in Sha().Matches(Address().Replace(text, " "))) yield return sha.Value.ToLowerInvariant();
    }

    public static IEnumerable<Reference> Of(string? stored) =>
        (stored ?? "").Split((char[])[' ', '\n', '\t', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse);

    private static Reference Parse(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
            return Hex().IsMatch(text) ? new(text, "commit", text.ToLowerInvariant(), null, text.Length == 40)
                : new(text, "other", text, null, IsSure: true);
        var address = text.Split('#')[0].Split('?')[0].TrimEnd('/');
        if (Commit().Match(address) is { Success: true } commit) return new(text, "commit",
            commit.Groups["sha"].Value.ToLowerInvariant(), RepositoryOf(commit), IsSure: true);
        if (Run().Match(address) is { Success: true } run) return new(text, "run", run.Value, RepositoryOf(run),
            IsSure: true);
        if (Release().Match(address) is { Success: true } release)
            return new(text, "release", Uri.UnescapeDataString(release.Groups["tag"].Value), RepositoryOf(release),
                IsSure: true);
        if (Deployment().Match(address) is { Success: true } deployment)
            return long.TryParse(deployment.Groups["name"].Value, out _)
                ? new(text, "deployment", deployment.Groups["name"].Value, RepositoryOf(deployment), IsSure: true)
                : new(text, "other", address, RepositoryOf(deployment), IsSure: true); // An environment's page is no single deployment's.
        return new(text, "url", text, null, IsSure: true);
    }

    private static string RepositoryOf(Match address) => $"{address.Groups["owner"].Value}/{address.Groups["repository"].Value}";

    [GeneratedRegex(@"https?://[^\s<>|""'`]+", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"^https?://[^/]+/(.*/)?(?<owner>[^/]+)/(?<repository>[^/]+)/commits?/(?<sha>[0-9a-fA-F]{7,40})\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Commit();

    [GeneratedRegex(@"^https?://[^/]+/(.*/)?(?<owner>[^/]+)/(?<repository>[^/]+)/actions/runs/[0-9]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Run();

    [GeneratedRegex(@"^https?://[^/]+/(.*/)?(?<owner>[^/]+)/(?<repository>[^/]+)/releases/tag/(?<tag>.+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Release();

    [GeneratedRegex(@"^https?://[^/]+/(.*/)?(?<owner>[^/]+)/(?<repository>[^/]+)/deployments/(?<name>[^/]+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Deployment();

    [GeneratedRegex("/actions/runs/[0-9]+|/deployments?/|/releases/tag/", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex IsDeployment();

    // Seven digits alone are rather a number than a commit, seven letters rather a word.
    [GeneratedRegex(@"(?<![\w-])(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}(?![\w-])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Sha();

    [GeneratedRegex("^[0-9a-fA-F]{7,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex Hex();
}
