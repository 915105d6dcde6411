using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Veelocity.Web.Api;

/// <summary>Which part of a list is asked for; bind it with <c>[AsParameters]</c>.</summary>
internal sealed record Paging
{
    private const int DefaultPerPage = 50;

    [FromQuery(Name = "page"), Range(1, 1_000_000, ErrorMessage = "Pages are counted from 1.")]
    public int? Page { get; init; }

    [FromQuery(Name = "per_page"), Range(1, 100, ErrorMessage = "Ask for 1 to 100 items a page.")]
    public int? PerPage { get; init; }

    /// <summary>Reads the part, and counts the whole. The query must be in a fixed order.</summary>
    public async Task<Page<T>> ReadAsync<T>(IQueryable<T> query, CancellationToken cancellation)
    {
        var (page, perPage) = (Page ?? 1, PerPage ?? DefaultPerPage);
        var items = await query.Skip((page - 1) * perPage).Take(perPage).ToListAsync(cancellation);
        return new Page<T>(items, page, perPage, await query.CountAsync(cancellation));
    }

    /// <summary>The part of a list that is already at hand.</summary>
    public Page<T> Of<T>(IReadOnlyCollection<T> all)
    {
        var (page, perPage) = (Page ?? 1, PerPage ?? DefaultPerPage);
        return new Page<T>([.. all.Skip((page - 1) * perPage).Take(perPage)], page, perPage, all.Count);
    }
}

/// <summary>A part of a list.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, [property: System.Text.Json.Serialization.JsonPropertyName("page")] int Number, int PerPage, int Total);
