using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Connectors;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Pages.Settings;

/// <summary>The button "Test connection" of every connector's page.</summary>
internal sealed class ConnectionTest(Connections connections, ConnectorCatalog catalog)
{
    public async Task<IActionResult> AnswerAsync(PageModel page, Guid organizationId, string kind, CancellationToken cancellation)
    {
        var name = catalog.Find(kind)!.Info.Name;
        try
        {
            if (await connections.TestAsync(organizationId, kind, cancellation) is not { } check) return page.NotFound();
            Flash.Done(page.TempData, string.Join(' ', [$"{name} accepts the connection as {check.Account}.", .. check.Warnings]));
        }
        catch (ConnectorException failed)
        {
            Flash.Refused(page.TempData, failed.Message);
        }
        return page.RedirectToPage();
    }
}
