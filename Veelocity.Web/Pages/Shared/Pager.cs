using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Shared;

/// <summary>Where one is in a long list.</summary>
/// <param name="Href">The address of a page of it.</param>
/// <param name="CsvHref">The whole list as a file; null where there is none.</param>
internal sealed record Pager(int Number, int PerPage, int LastNumber, long Total, string Noun, Func<int, string> Href, string? CsvHref = null)
{
    public static Pager Of(int number, int perPage, long total, string noun, Func<int, string> href, string? csvHref = null) =>
        new(number, perPage, Math.Max(1, (int)((total + perPage - 1) / perPage)), total, noun, href, csvHref);

    /// <summary>No page has this number: the address is old, or was typed.</summary>
    public bool IsPastEnd => Number > LastNumber;

    /// <summary>Where the noun's plural is not its own with an s.</summary>
    public string? Nouns { get; init; }

    public string Words
    {
        get
        {
            var first = (long)(Number - 1) * PerPage + 1;
            var last = Math.Min(Total, first + PerPage - 1);
            if (IsPastEnd) return $"The list ends at page {Numbers.Count(LastNumber)}.";
            if (LastNumber == 1) return Numbers.Count(Total, Noun, Nouns);
            return $"{Numbers.Count(first)} – {Numbers.Count(last)} of {Numbers.Count(Total, Noun, Nouns)}";
        }
    }
}
