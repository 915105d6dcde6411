using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Incidents;

/// <summary>Enters an incident by hand.</summary>
[Requires(Permission.LinkIncidents)]
internal sealed class NewModel(VeelocityDb db, CurrentOrganization current, IncidentBook book) : IncidentFormPage(db, current)
{
    public Task OnGetAsync(CancellationToken cancellation) => ListServicesAsync(cancellation);

    public Task<IActionResult> OnPostAsync(CancellationToken cancellation) => TryAsync(async () =>
    {
        var incident = await book.EnterAsync(Member, Form.EntryIn(Zone, environment: null), cancellation);
        Flash.Done(TempData, "The incident is entered.");
        return Redirect($"/o/{Slug}/incidents/{incident.Id}");
    }, cancellation);
}
