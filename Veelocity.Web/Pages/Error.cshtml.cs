using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Requests;

namespace Veelocity.Web.Pages;

/// <summary>What a person sees when there is no page to see, and why; never a stack trace.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, ResponseCache(NoStore = true)]
internal sealed class ErrorModel(VeelocityDb db) : PageModel
{
    private const string OrganizationFolder = "/o/";

    [BindProperty(SupportsGet = true)]
    public int? Status { get; set; }

    // After an exception the address names no status, but the answer has it.
    private int? Shown => Status ?? (HttpContext.Response.StatusCode >= 400 ? HttpContext.Response.StatusCode : null);

    /// <summary>Names this request in the logs; null unless the fault is ours.</summary>
    public string? TraceId => Shown is null or >= 500 ? Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier : null;

    /// <summary>Whether the same address may answer in a moment: the fault was ours, and nothing was sent with the request.</summary>
    public bool CanTryAgain => TraceId is not null
        && HttpMethods.IsGet(HttpContext.Features.Get<FailedRequest>()?.Method ?? Request.Method);

    public bool IsDatabaseAway => Shown == StatusCodes.Status503ServiceUnavailable;

    /// <summary>The name of the organization that was here while the caller belonged to it.</summary>
    public string? Deleted { get; private set; }

    public string Heading => Shown switch
    {
        404 when Deleted is not null => $"{Deleted} was deleted",
        400 => "The form could not be read",
        403 => "Your role does not allow this",
        404 => "There is nothing here",
        413 => "This is too much at once",
        429 => "Too many tries",
        503 => "The database does not answer",
        >= 400 and < 500 => "This request could not be answered",
        _ => "Something went wrong",
    };

    public string Explanation => Shown switch
    {
        404 when Deleted is not null => "An Admin deleted the organization with all its data. Your account stays as it is; your account’s history tells when.",
        400 => "Nothing was changed. The page may have been open for long; go back, reload it and try again.",
        403 => "Nothing was changed. An Admin of the organization can change your role.",
        404 => "The address is wrong, or it belongs to an organization that you are not a member of.",
        413 => "Nothing was changed. Send less at a time.",
        429 => "Wait a minute, then try again.",
        503 => "What was being saved may not have been. Try again in a moment; if it goes on, tell whoever runs this Veelocity.",
        >= 400 and < 500 => "Nothing was changed. Go back and try again.",
        _ => "The fault is ours. What was being saved may not have been; go back and try again.",
    };

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        if (Shown != 404 || User.CallerId() is not { } caller) return;
        if (HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath is not { } path || !path.StartsWith(OrganizationFolder, StringComparison.Ordinal)) return;
        var ending = AccountEvent.AddressOfDeleted(path[OrganizationFolder.Length..].Split('/')[0]);
        var detail = await db.AccountEvents.Where(e => e.UserId == caller && e.Kind == AccountEventKind.OrganizationDeleted && e.Detail!.EndsWith(ending))
            .Select(e => e.Detail).FirstOrDefaultAsync(cancellation);
        Deleted = detail?[..^ending.Length];
    }
}
