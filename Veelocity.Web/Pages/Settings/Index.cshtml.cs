using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Pages.Settings;

/// <summary>The connectors: connect GitHub, watch and ask for syncs, take the connection away.</summary>
internal sealed class IndexModel(
    VeelocityDb db, CurrentOrganization organization, Connections connections, SyncRequests requests, SyncProgress progress, SyncSchedule schedule,
    ConnectorCatalog catalog, ConnectionTest test)
    : PageModel
{
    private const string GitHub = "github";

    [BindProperty]
    public GitHubForm Form { get; set; } = new();

    public sealed record ConnectorRow(string Name, string Address, string State, string? Account, DateTimeOffset? LastSync);

    /// <summary>All connectors there are, each with how it stands.</summary>
    public IReadOnlyList<ConnectorRow> Connectors { get; private set; } = [];

    public Connection? Connection { get; private set; }
    public int RepositoryCount { get; private set; }
    public SyncProgress.View Progress { get; private set; } = new(IsRunning: false, []);
    public SyncSchedule Schedule => schedule;
    public bool IsListening { get; private set; }
    public DateTimeOffset? LastDeliveryAt { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Connectors = await ListAsync(cancellation);
        Connection = await connections.FindAsync(organization.Id, GitHub, cancellation);
        if (Connection is null) return;
        if (Connection.IsConnected) Form.Show(Connection);
        RepositoryCount = await db.Repositories.CountAsync(r => r.ConnectionId == Connection.Id && r.LeftAt == null, cancellation);
        Progress = await progress.ReadAsync(Connection.Id, cancellation);
        IsListening = await db.Webhooks.AnyAsync(w => w.ConnectionId == Connection.Id, cancellation);
        LastDeliveryAt = await db.WebhookDeliveries.Where(d => d.ConnectionId == Connection.Id).MaxAsync(d => (DateTimeOffset?)d.ReceivedAt, cancellation);
    }

    /// <summary>Only the progress, for the page to ask for while something runs.</summary>
    public async Task<IActionResult> OnGetProgressAsync(CancellationToken cancellation)
    {
        if (await connections.FindAsync(organization.Id, GitHub, cancellation) is not { } connection) return NotFound();
        return Partial("_SyncProgress", await progress.WatchAsync(connection.Id, cancellation));
    }

    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnPostConnectAsync(CancellationToken cancellation)
    {
        if (ModelState.IsValid && await TryConnectAsync(cancellation)) return RedirectToPage();
        await OnGetAsync(cancellation);
        return Page();
    }

    [Requires(Permission.ManageConnectors)]
    public Task<IActionResult> OnPostTestAsync(CancellationToken cancellation) => test.AnswerAsync(this, organization.Id, GitHub, cancellation);

    [Requires(Permission.TriggerSync)]
    public async Task<IActionResult> OnPostSyncAsync(bool isFull, CancellationToken cancellation)
    {
        if (await connections.FindAsync(organization.Id, GitHub, cancellation) is not { IsConnected: true } connection) return NotFound();
        await requests.RequestAsync(organization.Id, connection.Id, SyncTrigger.Manual, isFull, cancellation);
        return RedirectToPage();
    }

    [Requires(Permission.TriggerSync)]
    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancellation)
    {
        foreach (var run in await db.SyncRuns.Where(r => r.FinishedAt == null).Select(r => r.Id).ToListAsync(cancellation))
            await requests.CancelAsync(organization.Id, run, cancellation);
        Flash.Done(TempData, "The sync stops after what it is reading now. What it has stored stays.");
        return RedirectToPage();
    }

    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnPostDisconnectAsync(string? confirmation, CancellationToken cancellation)
    {
        if (!string.Equals(confirmation?.Trim(), "GitHub", StringComparison.OrdinalIgnoreCase))
            Flash.Refused(TempData, "Nothing was disconnected: type GitHub to confirm.");
        else if (await connections.DisconnectAsync(organization.Id, GitHub, cancellation))
            Flash.Done(TempData, "GitHub is disconnected and its token erased. What was read stays.");
        return RedirectToPage();
    }

    private async Task<List<ConnectorRow>> ListAsync(CancellationToken cancellation)
    {
        var known = await db.Connections.AsNoTracking().ToDictionaryAsync(c => c.Kind, StringComparer.Ordinal, cancellation);
        var last = await db.SyncRuns.Where(r => r.FinishedAt != null).GroupBy(r => r.Connector).Select(g => new { g.Key, At = g.Max(r => r.FinishedAt) })
            .ToDictionaryAsync(g => g.Key, g => g.At, StringComparer.Ordinal, cancellation);
        var here = $"/o/{organization.Slug}/settings";
        return [.. catalog.All.OrderBy(c => c.Info.CredentialsOf, StringComparer.Ordinal).ThenBy(c => c.Info.Order).Select(connector =>
        {
            var (info, connection) = (connector.Info, known.GetValueOrDefault(connector.Info.CredentialsOf));
            var state = connection is not { IsConnected: true } ? "Not connected" : connection.RefusedAt is null ? "Connected" : "Token refused";
            // GitHub and what uses its credentials are set up on this page, every other connector on one of its own.
            return new ConnectorRow(info.Name, info.CredentialsOf == GitHub ? "#connectors" : $"{here}/{info.Kind}", state, connection?.Account, last.GetValueOrDefault(info.Kind));
        })];
    }

    private async Task<bool> TryConnectAsync(CancellationToken cancellation)
    {
        try
        {
            var connected = await connections.ConnectAsync(
                organization.Id, GitHub, Form.Token.Trim(), Form.BaseUrl, Form.RepositoryNames, User.RequiredCallerId(), cancellation);
            Flash.Done(TempData, string.Join(' ', [$"GitHub is connected as {connected.Connection.Account}. The first sync has started.", .. connected.Warnings]));
            return true;
        }
        catch (Refused refused) when (refused.Field is { } field)
        {
            ModelState.AddModelError($"{nameof(Form)}.{field}", refused.Message);
            return false;
        }
        catch (ConnectorException refused)
        {
            var field = refused.Fault is ConnectorFault.Unreachable or ConnectorFault.AddressRefused && !string.IsNullOrWhiteSpace(Form.BaseUrl) ? nameof(Form.BaseUrl) : nameof(Form.Token);
            ModelState.AddModelError($"{nameof(Form)}.{field}", refused.Message);
            return false;
        }
    }
}
