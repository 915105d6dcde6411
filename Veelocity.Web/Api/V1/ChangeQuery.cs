using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Api.V1;

/// <summary>Which pull requests behind lead time are asked for; those that are in it by default.</summary>
internal sealed record ChangeQuery
{
    [FromQuery(Name = "selection")]
    [AllowedValues(null, "included", "left_out", "waiting", ErrorMessage = "Choose included, left_out or waiting.")]
    public string? Selection { get; init; }

    public ChangeItems.Selection Parsed => Selection switch
    {
        "left_out" => ChangeItems.Selection.LeftOut,
        "waiting" => ChangeItems.Selection.Waiting,
        _ => ChangeItems.Selection.Included,
    };
}
