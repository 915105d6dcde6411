using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Veelocity.Web.Api.V1;

/// <summary>Which rows behind a rate are asked for; those in it by default.</summary>
internal sealed record RowsQuery
{
    public const string Others = "others", LeftOut = "left_out";

    /// <summary>Of a rate, <c>included</c> are the rows above the line and <c>others</c> the rest below it.</summary>
    [FromQuery(Name = "selection")]
    [AllowedValues(null, "included", Others, LeftOut, ErrorMessage = "Choose included, others or left_out.")]
    public string? Selection { get; init; }
}

/// <summary>The same of a metric that is no rate.</summary>
internal record PartQuery
{
    [FromQuery(Name = "selection")]
    [AllowedValues(null, "included", RowsQuery.LeftOut, ErrorMessage = "Choose included or left_out.")]
    public string? Selection { get; init; }

    public bool IsLeftOut => Selection == RowsQuery.LeftOut;
}
