using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api;

/// <summary>Which part of a list is asked for; bind it with <c>[AsParameters]</c>.</summary>
internal sealed record Paging
{
    [FromQuery(Name = "page"), Range(1, 1_000_000, ErrorMessage = "Pages are counted from 1.")]
    public int? Page { get; init; }

    [FromQuery(Name = "per_page"), Range(1, PageRequest.MostPerPage, ErrorMessage = "Ask for 1 to 100 items a page.")]
    public int? PerPage { get; init; }

    public PageRequest Request => new(Page ?? 1, PerPage ?? PageRequest.DefaultPerPage);

    /// <summary>Reads the part, and counts the whole. The query must be in a fixed order.</summary>
    public async Task<Page<T>> ReadAsync<T>(IQueryable<T> query, CancellationToken cancellation)
    {
        var request = Request;
        var items = await query.Skip(request.Offset).Take(request.PerPage).ToListAsync(cancellation);
        return new Page<T>(items, request.Number, request.PerPage, await query.LongCountAsync(cancellation));
    }

    /// <summary>The part of a list that is already at hand.</summary>
    public Page<T> Of<T>(IReadOnlyCollection<T> all)
    {
        var request = Request;
        return new Page<T>([.. all.Skip(request.Offset).Take(request.PerPage)], request.Number, request.PerPage, all.Count);
    }
}
