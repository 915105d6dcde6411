using System.Text.RegularExpressions;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>
/// Reads from a workflow's file by what its jobs are known: the runners they ask for, the actions they use, and the beginnings of their
/// commands, up to the first option or variable, so that nothing secret is among it. It looks at indentation only: a file that is
/// written otherwise has fewer words, never wrong ones.
/// </summary>
internal static partial class WorkflowFileText
{
    private const int MostJobs = 50;
    private const int MostWords = 60;
    private const int LongestWord = 80;
    private const int MostParts = 4;

    public static List<WorkflowFileJob> JobsOf(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd()).ToList();
        var start = lines.FindIndex(line => line is "jobs:" || line.StartsWith("jobs: #", StringComparison.Ordinal));
        if (start < 0)
            return [];
        var body = lines.Skip(start + 1).TakeWhile(line => line.Length == 0 || line[0] is ' ' or '#').ToList();
        var depth = body.Where(IsSaying).Select(DepthOf).DefaultIfEmpty(0).First();
        var jobs = new List<WorkflowFileJob>();
        for (var at = 0; at < body.Count && jobs.Count < MostJobs; at++)
        {
            if (!IsSaying(body[at]) || DepthOf(body[at]) != depth || Key().Match(body[at]) is not { Success: true } key)
                continue;
            var inside = body.Skip(at + 1).TakeWhile(line => !IsSaying(line) || DepthOf(line) > depth).Where(IsSaying).ToList();
            jobs.Add(JobOf(key.Groups["key"].Value, inside));
        }
        return jobs;
    }

    private static WorkflowFileJob JobOf(string key, List<string> lines)
    {
        var depth = lines.Select(DepthOf).DefaultIfEmpty(0).First();
        var name = lines.Where(line => DepthOf(line) == depth).Select(line => ValueOf(line, "name")).OfType<string>().FirstOrDefault();
        var words = new List<string>();
        for (var at = 0; at < lines.Count; at++)
        {
            if ((ValueOf(lines[at], "runs-on") ?? ValueOf(lines[at], "uses")) is { } plain)
                words.Add(plain);
            else if (ValueOf(lines[at], "run") is { } command)
                words.AddRange(IsBlock(command) ? BlockAfter(lines, at).SelectMany(CommandsOf) : CommandsOf(command));
        }
        return new WorkflowFileJob(
            key, Cut(name ?? key),
            [.. words.Select(Cut).Where(word => word.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostWords)]);
    }

    private static IEnumerable<string> BlockAfter(List<string> lines, int at)
    {
        var depth = KeyDepthOf(lines[at]);
        return lines.Skip(at + 1).TakeWhile(line => DepthOf(line) > depth);
    }

    /// <summary>Each command of a line, without what comes after its first words.</summary>
    private static IEnumerable<string> CommandsOf(string line) =>
        Between().Split(line.Trim()).Select(command => string.Join(' ', command.Trim().Trim('"', '\'').Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .TakeWhile(part => Part().IsMatch(part)).Take(MostParts)));

    private static string? ValueOf(string line, string key)
    {
        var said = line.TrimStart(' ', '-');
        return said.StartsWith(key + ":", StringComparison.Ordinal) && said[(key.Length + 1)..].Trim().Trim('"', '\'') is { Length: > 0 } value ? value : null;
    }

    private static bool IsBlock(string command) => command[0] is '|' or '>';

    private static bool IsSaying(string line) => line.TrimStart() is { Length: > 0 } said && said[0] != '#';

    private static int DepthOf(string line) => line.Length - line.TrimStart(' ').Length;

    // "- run: x" belongs two further in than its dash.
    private static int KeyDepthOf(string line) => line.Length - line.TrimStart(' ', '-').Length;

    private static string Cut(string word) => word.Length <= LongestWord ? word : word[..LongestWord];

    [GeneratedRegex(@"^\s*[""']?(?<key>[\w-]+)[""']?:", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex(@"&&|\|\||[;|]", RegexOptions.CultureInvariant)]
    private static partial Regex Between();

    // A word of letters, digits and what paths and tasks are made of; an option, a variable or an assignment is none.
    [GeneratedRegex(@"^[\w./][\w./:@-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
