using System.Text.Json.Serialization;

namespace Veelocity.Web.Platform.Paging;

/// <summary>One page of a list and how many rows there are in all.</summary>
public sealed record Page<TRow>(IReadOnlyList<TRow> Items, [property: JsonPropertyName("page")] int Number, int PerPage, long Total)
{
    [JsonIgnore]
    public int LastNumber => Math.Max(1, (int)((Total + PerPage - 1) / PerPage));
}

/// <summary>Which page of a list is asked for.</summary>
public sealed record PageRequest(int Number = 1, int PerPage = PageRequest.DefaultPerPage)
{
    public const int DefaultPerPage = 50;
    public const int MostPerPage = 100;

    /// <summary>For downloads: everything at once.</summary>
    public static readonly PageRequest Everything = new(1, int.MaxValue);

    public int Offset => (Number - 1) * PerPage;
}
