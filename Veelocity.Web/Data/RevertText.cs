using System.Globalization;
using System.Text.RegularExpressions;

namespace Veelocity.Web.Data;

/// <summary>
/// Reads what a pull request or commit says that it reverts (M30), as <c>number:12</c>, <c>commit:1a2b3c4</c>, <c>title:Add carts</c> or
/// <c>elsewhere:acme/web#12</c>. Nothing for a revert of a revert: that is a reland. Which of them exist, only linking knows.
/// </summary>
public static partial class RevertText
{
    public const string Number = "number:", Sha = "commit:", Title = "title:", Elsewhere = "elsewhere:";

    /// <param name="url">The pull request's or repository's address, to tell its own numbers from another repository's.</param>
    public static string[] Read(string title, string? branch, string? body, string url)
    {
        var (depth, quoted) = RevertTitle.Read(title);
        var layers = BranchLayers().Match(branch ?? "");
        var branchDepth = layers.Groups["layer"].Captures.Count;
        if (depth > 0 ? depth % 2 == 0 : branchDepth > 0 && branchDepth % 2 == 0) return [];

        List<string> named = [.. RevertLines.Of(body, isRevert: depth > 0).SelectMany(line => TargetsOf(line, url))];
        if (branchDepth > 0 && !named.Exists(n => n.StartsWith(Number, StringComparison.Ordinal))) named.Add(Number + layers.Groups["number"].Captures[0].Value);
        if (quoted is not null) named.Add(BareNumber().Match(quoted) is { Success: true } bare ? Number + bare.Groups["number"].Value : Title + quoted);
        return [.. named.Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> TargetsOf(string line, string url)
    {
        if (CommitLine().Match(line) is { Success: true } commits)
            return commits.Groups["sha"].Captures.Select(sha => Sha + sha.Value.ToLowerInvariant());
        return PullLine().Match(line) is { Success: true } pulls ? pulls.Groups["target"].Captures.Select(target => PullOf(target.Value, url)) : [];
    }

    private static string PullOf(string target, string url)
    {
        var named = PullName().Match(target);
        var number = int.Parse(named.Groups["number"].ValueSpan, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        // The owner changes with a transfer; a fork has another one, too.
        var isOwn = !named.Groups["name"].Success
            || url.Contains($"/{named.Groups["name"].Value}/", StringComparison.OrdinalIgnoreCase)
            || url.EndsWith($"/{named.Groups["name"].Value}", StringComparison.OrdinalIgnoreCase);
        return isOwn ? Number + number : $"{Elsewhere}{named.Groups["owner"].Value}/{named.Groups["name"].Value}#{number}";
    }

    private const string OnePull = @"(?:[\w.-]+/[\w.-]+)?\#\d{1,9}\b|https?://[^\s)>]+/pull/\d{1,9}\b[^\s)>,]*";
    private const string Next = @"(?:\s*(?:,|&|\band\b)\s*)+";
    private const string OneCommit = @"(?:https?://[^\s)>]+/commit/)?(?<sha>[0-9a-f]{7,40})\b";

    [GeneratedRegex(
        $@"^(?:this\s+)?(?:(?:pr|pull\s+request)\s+)?reverts:?\s+(?:(?:prs?|pull\s+requests?)\s+)?<?(?:\[[^\]]*\]\()?(?<target>{OnePull})(?:{Next}(?<target>{OnePull}))*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PullLine();

    [GeneratedRegex(
        $@"(?:^(?:this\s+)?|[.:;!]\s+this\s+)reverts\s+commits?\s+[`<]?{OneCommit}(?:[`>]?{Next}[`<]?{OneCommit})*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex CommitLine();

    [GeneratedRegex(
        @"(?:(?<owner>[\w.-]+)/(?<name>[\w.-]+)(?:\#|/pull/)|\#)(?<number>\d{1,9})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PullName();

    [GeneratedRegex(@"^(?:(?:pr|pull\s+request)\s+)?\#0*(?<number>\d{1,9})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex BareNumber();

    [GeneratedRegex(@"^(?<layer>revert-(?<number>\d{1,9})(?:-|$))+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex BranchLayers();
}
