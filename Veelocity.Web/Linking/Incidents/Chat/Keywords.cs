namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>
/// Words that people write to start or end an incident, as whole words in any case. A question and a denial ("not resolved", "is it fixed?") do
/// not say it.
/// </summary>
internal sealed class Keywords(IEnumerable<string> words)
{
    private static readonly char[] Ends = ['.', '!', '?', '\n', ';'];
    private static readonly string[] Denials = ["not ", "n't ", "n’t ", "never ", "until ", "once ", "when ", "if ", "not yet ", "isn't fully "];

    private readonly string[] _words = [.. words.Select(word => word.Trim()).Where(word => word.Length > 0)];

    public bool AreIn(string text) => Array.Exists(_words, word => IsSaid(text, word));

    private static bool IsSaid(string text, string word)
    {
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += word.Length)
        {
            if (IsWhole(text, at, word) && !IsAsked(text, at + word.Length) && !IsDenied(text, at)) return true;
        }
        return false;
    }

    private static bool IsWhole(string text, int at, string word) =>
        (at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(word[0]))
        && (at + word.Length == text.Length || !char.IsLetterOrDigit(text[at + word.Length]) || !char.IsLetterOrDigit(word[^1]));

    private static bool IsAsked(string text, int end)
    {
        var stop = text.IndexOfAny(Ends, end);
        return stop >= 0 && text[stop] == '?';
    }

    private static bool IsDenied(string text, int at)
    {
        var start = at == 0 ? 0 : text.LastIndexOfAny(Ends, at - 1) + 1;
        var before = text.AsSpan(start, at - start);
        foreach (var denial in Denials)
            if (before.EndsWith(denial, StringComparison.OrdinalIgnoreCase) || before.EndsWith(denial + "yet ", StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
