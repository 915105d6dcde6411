using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Incidents;

/// <summary>Corrects what is written of an incident.</summary>
[Requires(Permission.LinkIncidents)]
internal sealed class EditModel(VeelocityDb db, CurrentOrganization current, IncidentBook book) : IncidentFormPage(db, current)
{
    private readonly VeelocityDb _db = db;

    public Guid Id { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { } incident) return NotFound();
        (Id, Form) = (id, IncidentForm.Of(incident, Zone));
        await ListServicesAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { } incident) return NotFound();
        Id = id;
        return await TryAsync(async () =>
        {
            await book.EditAsync(Member, id, Form.EntryIn(Zone, incident.Environment), cancellation);
            Flash.Done(TempData, "Saved.");
            return Redirect($"/o/{Slug}/incidents/{id}");
        }, cancellation);
    }

    private Task<Incident?> FindAsync(Guid id, CancellationToken cancellation) =>
        _db.Incidents.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellation);
}
