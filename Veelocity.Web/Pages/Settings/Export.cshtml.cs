using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Export;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Sends all of the organization's data, as it is read.</summary>
[Requires(Permission.ExportOrganization)]
internal sealed class ExportModel(OrganizationExport export, CurrentOrganization organization, TimeProvider clock) : PageModel
{
    public IActionResult OnGet() => RedirectToPage("/Settings/Organization", null, new { slug = organization.Slug }, "danger-zone");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await export.NoteAsync(cancellation);
        var day = Dates.IsoDay(Dates.In(organization.TimeZone).DayOf(clock.GetUtcNow()));
        Response.ContentType = "application/zip";
        Response.Headers.ContentDisposition = $"attachment; filename=\"veelocity-{organization.Slug}-{day}.zip\"";
        Response.Headers.CacheControl = "no-store";
        // ZIP entries are closed without waiting, which writes their last few bytes; all else goes asynchronously.
        if (HttpContext.Features.Get<IHttpBodyControlFeature>() is { } body) body.AllowSynchronousIO = true;
        await export.WriteAsync(Response.Body, cancellation);
        return new EmptyResult();
    }
}
