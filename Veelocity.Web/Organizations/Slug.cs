using System.Globalization;
using System.Text;

namespace Veelocity.Web.Organizations;

/// <summary>An organization's name as it stands in addresses: lower-case Latin letters, digits, single hyphens.</summary>
public static class Slug
{
    private const int MaximumLength = 40;
    private const string Nameless = "organization";

    // Words that an address may come to need for itself, or that would pass for ours.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "account", "admin", "api", "app", "dashboard", "docs", "help", "login", "logout", "me", "new", "o", "openapi", "organizations",
        "register", "settings", "sign-in", "sign-out", "status", "support", "system", "veelocity", "www",
    };

    public static string From(string name)
    {
        var slug = new StringBuilder();
        foreach (var character in name.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark || character is '\'' or '’')
                continue;
            if (char.IsAsciiLetterOrDigit(character))
                slug.Append(character);
            else if (Transliteration.Latin(character) is { } latin)
                slug.Append(latin);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        var text = slug.ToString();
        text = text[..Math.Min(text.Length, MaximumLength)].Trim('-');
        return text.Length == 0 ? Nameless : text;
    }

    public static bool IsReserved(string slug) => Reserved.Contains(slug);

    /// <summary>The slug itself, then numbered ones, without end.</summary>
    public static IEnumerable<string> Candidates(string slug)
    {
        yield return slug;
        for (var number = 2; ; number++)
            yield return string.Create(CultureInfo.InvariantCulture, $"{slug}-{number}");
    }
}

/// <summary>Letters that no decomposition turns into Latin ones.</summary>
internal static class Transliteration
{
    private const string From = "ß æ œ ø đ ð þ ł ı а б в г д е ж з и к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я є і α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ ς τ υ φ χ ψ ω";
    private const string To = "ss ae oe o d d th l i a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya ye i a v g d e z i th i k l m n x o p r s s t y f ch ps o";

    private static readonly Dictionary<char, string> Letters = From.Split(' ').Zip(To.Split(' '))
        .ToDictionary(pair => pair.First[0], pair => pair.Second == "_" ? "" : pair.Second);

    public static string? Latin(char character) => Letters.GetValueOrDefault(character);
}
