using System.Net;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Sync;
using Veelocity.Web.Sync.Webhooks;

namespace Veelocity.Web.Pages.Settings;

/// <summary>GitHub's webhook: its address and secret, how to enter them, and what came of the last deliveries.</summary>
[Requires(Permission.SeeSyncLogs)]
internal sealed class WebhookModel(
    VeelocityDb db, CurrentOrganization organization, Connections connections, WebhookSecrets secrets, IOptions<ConnectorsOptions> options)
    : PageModel
{
    private const string GitHub = "github";
    private const int PerPage = 25;

    /// <summary>The secret is only in the page when it was asked for.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Reveal { get; set; }

    public Connection? Connection { get; private set; }
    public Webhook? Webhook { get; private set; }
    public string? Secret { get; private set; }
    public Uri Address { get; private set; } = null!;
    public IReadOnlyList<WebhookDelivery> Deliveries { get; private set; } = [];

    /// <summary>Null until GitHub was connected once.</summary>
    public Pager? Pager { get; private set; }

    public bool MayChange => organization.May(Permission.ManageConnectors);

    /// <summary>Nobody outside reaches such a name.</summary>
    public bool IsOnlyLocal =>
        Address.IsLoopback || !Address.Host.Contains('.', StringComparison.Ordinal)
        || (IPAddress.TryParse(Address.Host, out var ip) && ip.GetAddressBytes() is [10, ..] or [192, 168, ..] or [172, >= 16 and < 32, ..]);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        Connection = await connections.FindAsync(organization.Id, GitHub, cancellation);
        if (Connection is null) return Page();
        Webhook = await secrets.FindAsync(organization.Id, Connection.Id, cancellation);
        Address = new Uri(PublicAddress(), WebhookEndpoint.PathOf(GitHub, Connection.Id));
        if (Reveal && MayChange && Webhook is not null) Secret = secrets.Reveal(Webhook);

        var deliveries = db.WebhookDeliveries.AsNoTracking().Where(d => d.ConnectionId == Connection.Id);
        var number = int.TryParse(Request.Query["page"], out var asked) && asked is > 0 and < 1_000_000 ? asked : 1;
        Pager = Pager.Of(number, PerPage, await deliveries.CountAsync(cancellation), "delivery", page => $"?page={page}#deliveries") with { Nouns = "deliveries" };
        Deliveries = await deliveries.OrderByDescending(d => d.ReceivedAt).ThenByDescending(d => d.Id)
            .Skip((number - 1) * PerPage).Take(PerPage).ToListAsync(cancellation);
        return Page();
    }

    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnPostSecretAsync(CancellationToken cancellation)
    {
        if (await connections.FindAsync(organization.Id, GitHub, cancellation) is not { IsConnected: true } connection) return NotFound();
        var isFirst = await secrets.FindAsync(organization.Id, connection.Id, cancellation) is null;
        await secrets.MakeSecretAsync(connection, cancellation);
        Flash.Done(TempData, isFirst
            ? "Veelocity listens. Enter the address and the secret at GitHub."
            : "There is a new secret. Enter it at GitHub; the old one is accepted for 24 hours more.");
        return RedirectToPage(new { reveal = true });
    }

    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnPostOffAsync(CancellationToken cancellation)
    {
        if (await connections.FindAsync(organization.Id, GitHub, cancellation) is { } connection
            && await secrets.TurnOffAsync(organization.Id, connection.Id, cancellation))
            Flash.Done(TempData, "The webhook is off and its secret erased. Syncs go on as before. Delete it at GitHub, too.");
        return RedirectToPage();
    }

    private Uri PublicAddress()
    {
        var root = options.Value.PublicUrl?.AbsoluteUri ?? $"{Request.Scheme}://{Request.Host}{Request.PathBase}";
        return new Uri(root.TrimEnd('/') + "/");
    }
}
