using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Shared;

/// <summary>Where one is in a long list.</summary>
/// <param name="Href">The address of a page of it.</param>
internal sealed record Pager(int Number, int PerPage, int LastNumber, long Total, string Noun, Func<int, string> Href, string CsvHref)
{
    /// <summary>Where the noun's plural is not its own with an s.</summary>
    public string? Nouns { get; init; }

    public string Words
    {
        get
        {
            var first = (long)(Number - 1) * PerPage + 1;
            var last = Math.Min(Total, first + PerPage - 1);
            if (first > Total || LastNumber == 1) return Numbers.Count(Total, Noun, Nouns);
            return $"{Numbers.Count(first)} – {Numbers.Count(last)} of {Numbers.Count(Total, Noun, Nouns)}";
        }
    }
}
