using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Veelocity.Web.Api.V1;

/// <summary>Which rows behind a metric are asked for; those in it by default.</summary>
internal sealed record RowsQuery
{
    public const string Others = "others", LeftOut = "left_out";

    /// <summary>Of a rate, <c>included</c> are the rows above the line and <c>others</c> the rest below it.</summary>
    [FromQuery(Name = "selection")]
    [AllowedValues(null, "included", Others, LeftOut, ErrorMessage = "Choose included, others or left_out.")]
    public string? Selection { get; init; }
}
