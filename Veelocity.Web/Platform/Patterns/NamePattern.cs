using System.Globalization;
using System.Text.RegularExpressions;

namespace Veelocity.Web.Platform.Patterns;

/// <summary>
/// A regular expression that a person typed, looked for anywhere in a name, in any case. It runs in time linear in the name's length, so
/// that no pattern hangs a page or a sync; the few constructs that would need more are refused.
/// </summary>
public sealed partial class NamePattern
{
    public const int MaxLength = 500;

    // Counts multiply: (a{100}){100} stands for 10,000 copies, each of which costs memory and time.
    private const int MostCopies = 1000;

    // Linear time needs no deadline; this one is for the largest pattern on the longest text. A short one would be met on a busy
    // machine, too, and then what matches would depend on the load.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Regex? _regex;

    private NamePattern(Regex? regex) => _regex = regex;

    /// <summary>Empty or refused text is a pattern that matches nothing.</summary>
    public static NamePattern Of(string? text) => new(ProblemOf(text) is null && !string.IsNullOrEmpty(text) ? Build(text) : null);

    /// <summary>Why this text is refused, in words that say how to mend it; null when it is good. No text is good: it matches nothing.</summary>
    public static string? ProblemOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (text.Length > MaxLength) return $"A pattern can have at most {MaxLength} characters.";
        try
        {
            // Parsed before it is built: building is what a hostile count makes slow.
            if (Copies(text) > MostCopies)
                return $"This pattern repeats itself too often: its counts in braces come to more than {MostCopies:N0} copies. Use * or + instead.";
            _ = Build(text);
            return null;
        }
        catch (RegexParseException wrong)
        {
            return $"This is not a regular expression: it cannot be read from character {wrong.Offset.ToString(CultureInfo.InvariantCulture)} on. Example: ^(prod|live)";
        }
        catch (NotSupportedException)
        {
            return "Look-ahead, look-behind, back references and atomic groups are refused, because they can run for ever. Say it without them.";
        }
    }

    public bool Matches(string name)
    {
        try
        {
            return _regex?.IsMatch(name) == true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>Whether the first words of a text match, whole and with nothing but punctuation before them.</summary>
    public bool BeginsWord(string text)
    {
        try
        {
            if (_regex?.Match(text) is not { Success: true, Length: > 0 } found) return false;
            var end = found.Index + found.Length;
            return !text[..found.Index].Any(char.IsLetterOrDigit) && (end == text.Length || !char.IsLetter(text[end]));
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>The first group of the first place where it is found, or all of that place; null when it is not found.</summary>
    public string? Find(string text) =>
        Match(text) is { } found ? (found.Groups[1].Success ? found.Groups[1].Value : found.Value) : null;

    /// <summary>The second group there; null when the pattern has none or it is not found.</summary>
    public string? FindSecond(string text) =>
        Match(text) is { } found && found.Groups[2].Success ? found.Groups[2].Value : null;

    /// <summary>The text without what it finds.</summary>
    public string Without(string text)
    {
        try
        {
            return _regex?.Replace(text, "") ?? text;
        }
        catch (RegexMatchTimeoutException)
        {
            return text;
        }
    }

    private Match? Match(string text)
    {
        try
        {
            return _regex?.Match(text) is { Success: true } found ? found : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Regex Build(string text) =>
        new(text, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);

    private static double Copies(string text) =>
        Counts().Matches(text).Aggregate(1.0, (copies, count) =>
            copies * Math.Max(1, double.Parse(count.Groups["most"].Success ? count.Groups["most"].Value : count.Groups["least"].Value, CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"\{(?<least>\d+)(?:,(?<most>\d+)?)?\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Counts();
}
