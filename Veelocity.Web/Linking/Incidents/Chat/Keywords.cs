namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>
/// Words that people write to start, take on or end an incident, as whole words in any case. They don't count in a
/// question, in quoted text or
/// code, or where the words around them take their meaning away (<see cref="KeywordContext"/>).
/// </summary>
internal sealed class Keywords(IEnumerable<string> words, KeywordContext context)
{
    private readonly string[] _words = [.. words.Select(word => word.Trim()).Where(word => word.Length > 0)];

    public bool AreIn(string text)
    {
        var said = KeywordContext.OwnWords(text);
        return Array.Exists(_words, word => IsSaid(said, word));
    }

    /// <summary>Whether the text has one of them in any sense, also where it is denied.</summary>
    public bool AreMentionedIn(string text) => Array.Exists(_words, word => PlacesOf(text, word).Any());

    private bool IsSaid(string text, string word) =>
        PlacesOf(text, word).Any(at => context.Confirms(text, at, word.Length));

    private static IEnumerable<int> PlacesOf(string text, string word)
    {
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += word.Length)
            if (IsWhole(text, at, word)) yield return at;
    }

    private static bool IsWhole(string text, int at, string word) =>
        (at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(word[0]))
        && (at + word.Length == text.Length || !char.IsLetterOrDigit(text[at + word.Length]) || !char.IsLetterOrDigit(word[^1]));
}
