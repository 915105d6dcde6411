using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Veelocity.Web.Pages;

/// <summary>What a person sees when there is no page to see, and why; never a stack trace.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, ResponseCache(NoStore = true)]
internal sealed class ErrorModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int? Status { get; set; }

    /// <summary>Names this request in the logs; null unless the fault is ours.</summary>
    public string? TraceId => Status is null or >= 500 ? Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier : null;

    public string Heading => Status switch
    {
        400 => "The form could not be read",
        403 => "Your role does not allow this",
        404 => "There is nothing here",
        429 => "Too many tries",
        >= 400 and < 500 => "This request could not be answered",
        _ => "Something went wrong",
    };

    public string Explanation => Status switch
    {
        400 => "Nothing was changed. The page may have been open for long; go back, reload it and try again.",
        403 => "Nothing was changed. An Admin of the organization can change your role.",
        404 => "The address is wrong, or it belongs to an organization that you are not a member of.",
        429 => "Wait a minute, then try again.",
        >= 400 and < 500 => "Nothing was changed. Go back and try again.",
        _ => "The fault is ours. What was being saved may not have been; go back and try again.",
    };
}
