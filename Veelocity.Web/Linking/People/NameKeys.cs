using System.Globalization;
using System.Text;

namespace Veelocity.Web.Linking.People;

/// <summary>Names as they are compared: without accents, case and punctuation.</summary>
internal static class NameKeys
{
    /// <summary>The words of a text: letters and digits without their accents, in lower case; everything else separates words.</summary>
    public static string[] WordsOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            plain.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        }
        return plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>
    /// What identical names have in common; null for a name that says too little. A single word is a name only in an account, because
    /// whoever commits without one writes anything.
    /// </summary>
    public static string? Of(AccountFacts account)
    {
        const int shortest = 3;
        var words = WordsOf(account.Name);
        return words.Length > 1 || (words.Length == 1 && words[0].Length >= shortest && account.Provider != AccountFacts.GitProvider) ? string.Join(' ', words) : null;
    }
}
