using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Audit;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Sync;
using Veelocity.Web.Sync.Webhooks;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Linear: connect by key or by signing in, choose teams, watch and ask for syncs, webhooks.</summary>
internal sealed class LinearModel(
    VeelocityDb db, CurrentOrganization organization, Connections connections, ConnectorCatalog catalog, SyncRequests requests, SyncProgress progress, SyncSchedule schedule,
    WebhookSecrets secrets, WebhookRegistration registration, ProviderSignIn access, ConnectionTest test, AuditLog audit, IOptions<ConnectorsOptions> options) : PageModel
{
    public const string Kind = "linear";

    public sealed record Team(string ExternalId, string Key, string Name, bool IsPrivate, bool IsArchived, bool IsRead, int Issues, int Members);

    [BindProperty]
    public LinearForm Form { get; set; } = new();

    public Connection? Connection { get; private set; }
    public bool IsConnected => Connection is { IsConnected: true };
    public SyncProgress.View Progress { get; private set; } = new(IsRunning: false, []);
    public SyncSchedule Schedule => schedule;
    public IReadOnlyList<Team> Teams { get; private set; } = [];
    public int IssueCount { get; private set; }
    public Webhook? Webhook { get; private set; }
    public DateTimeOffset? LastEventAt { get; private set; }
    public Uri? WebhookAddress => Connection is null ? null : new Uri(PublicAddress(), WebhookEndpoint.PathOf(Kind, Connection.Id));
    public bool CanAuthorize => App.CanAuthorize;

    private IProviderApp App => (IProviderApp)catalog.Find(Kind)!;
    private Uri ReturnAddress => new(PublicAddress(), $"o/{organization.Slug}/settings/linear?handler=Granted");

    public Task OnGetAsync(CancellationToken cancellation) => ReadAsync(cancellation);

    /// <summary>Only the progress, for the page to ask for while something runs.</summary>
    public async Task<IActionResult> OnGetProgressAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } connection) return NotFound();
        return Partial("_SyncProgress", await progress.WatchAsync(connection.Id, cancellation));
    }

    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnPostConnectAsync(CancellationToken cancellation)
    {
        if (ModelState.IsValid && await TryConnectAsync(Form.ApiKey.Trim(), cancellation)) return RedirectToPage();
        await ReadAsync(cancellation);
        return Page();
    }

    [Requires(Permission.ManageConnectors)]
    public IActionResult OnPostAuthorize() =>
        CanAuthorize ? access.Begin(HttpContext, App, organization.Id, User.RequiredCallerId(), ReturnAddress) : NotFound();

    /// <summary>Where Linear sends the browser back to.</summary>
    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnGetGrantedAsync(string? code, string? state, string? error, CancellationToken cancellation)
    {
        if (access.End(HttpContext, state, organization.Id, User.RequiredCallerId()) is not { } verifier) Flash.Refused(TempData, "That did not begin here, or took too long. Start again.");
        else if (code is null) Flash.Refused(TempData, $"Linear did not grant access ({error ?? "no reason given"}). Nothing was changed.");
        else await RedeemAsync(code, verifier, cancellation);
        return RedirectToPage();
    }

    /// <param name="which">all, or some.</param>
    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnPostTeamsAsync(string? which, string[] team, CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { IsConnected: true } connection) return NotFound();
        var known = await db.IssueTeams.Where(t => t.ConnectionId == connection.Id && team.Contains(t.ExternalId)).Select(t => t.ExternalId).ToArrayAsync(cancellation);
        if (which == "some" && known.Length == 0)
        {
            Flash.Refused(TempData, "Nothing was changed: tick the teams to read, or choose all.");
            return RedirectToPage();
        }
        var before = connection.SelectedRepositories;
        connection.Select(which == "some" ? known : null);
        audit.Add(AuditAction.ConnectorChanged, catalog.Find(Kind)!.Info.Name, AuditDetail.Of(("Teams that are read", before ?? ["all"], connection.SelectedRepositories ?? ["all"])));
        await db.SaveChangesAsync(cancellation);
        // All of it: what is left out now is found by comparing everything.
        await requests.RequestAsync(organization.Id, connection.Id, SyncTrigger.Manual, isFull: true, cancellation);
        Flash.Done(TempData, "The choice is kept, and a full sync has started. Issues of teams that are left out count nowhere once it is through.");
        return RedirectToPage();
    }

    [Requires(Permission.ManageConnectors)]
    public Task<IActionResult> OnPostTestAsync(CancellationToken cancellation) => test.AnswerAsync(this, organization.Id, Kind, cancellation);

    [Requires(Permission.TriggerSync)]
    public async Task<IActionResult> OnPostSyncAsync(bool isFull, CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { IsConnected: true } connection) return NotFound();
        await requests.RequestAsync(organization.Id, connection.Id, SyncTrigger.Manual, isFull, cancellation);
        return RedirectToPage();
    }

    [Requires(Permission.TriggerSync)]
    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancellation)
    {
        foreach (var run in await db.SyncRuns.Where(r => r.FinishedAt == null && r.Connector == Kind).Select(r => r.Id).ToListAsync(cancellation))
            await requests.CancelAsync(organization.Id, run, cancellation);
        Flash.Done(TempData, "The sync stops after what it is reading now. What it has stored stays.");
        return RedirectToPage();
    }

    /// <summary>Has Linear send, when the key may do that.</summary>
    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnPostRegisterAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { IsConnected: true } connection) return NotFound();
        try
        {
            await registration.RegisterAsync(connection, new Uri(PublicAddress(), WebhookEndpoint.PathOf(Kind, connection.Id)), cancellation);
            Flash.Done(TempData, "Linear sends changes from now on.");
        }
        catch (ConnectorException refused)
        {
            Flash.Refused(TempData, $"{refused.Message} An admin of the workspace can make the webhook by hand.");
        }
        return RedirectToPage();
    }

    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnPostSecretAsync(string? secret, CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { IsConnected: true } connection) return NotFound();
        if (string.IsNullOrWhiteSpace(secret) || secret.Length > 200) Flash.Refused(TempData, "Paste the signing secret that Linear shows on the webhook's page.");
        else
        {
            await secrets.KeepSecretAsync(connection, secret.Trim(), cancellation);
            Flash.Done(TempData, "Veelocity listens to the webhook that signs with this secret.");
        }
        return RedirectToPage();
    }

    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnPostOffAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is { } connection && await secrets.TurnOffAsync(organization.Id, connection.Id, cancellation))
            Flash.Done(TempData, "The webhook is off and its secret erased. Syncs go on as before. Delete it in Linear, too.");
        return RedirectToPage();
    }

    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnPostDisconnectAsync(string? confirmation, CancellationToken cancellation)
    {
        if (!string.Equals(confirmation?.Trim(), "Linear", StringComparison.OrdinalIgnoreCase))
            Flash.Refused(TempData, "Nothing was disconnected: type Linear to confirm.");
        else if (await connections.DisconnectAsync(organization.Id, Kind, cancellation))
            Flash.Done(TempData, "Linear is disconnected and its key erased. What was read stays.");
        return RedirectToPage();
    }

    private Task<Connection?> FindAsync(CancellationToken cancellation) => connections.FindAsync(organization.Id, Kind, cancellation);

    private async Task ReadAsync(CancellationToken cancellation)
    {
        Connection = await FindAsync(cancellation);
        if (Connection is null) return;
        Progress = await progress.ReadAsync(Connection.Id, cancellation);
        Webhook = await secrets.FindAsync(organization.Id, Connection.Id, cancellation);
        LastEventAt = await db.WebhookDeliveries.Where(d => d.ConnectionId == Connection.Id).MaxAsync(d => (DateTimeOffset?)d.ReceivedAt, cancellation);
        IssueCount = await db.Issues.CountAsync(i => i.ConnectionId == Connection.Id && !i.IsTrashed, cancellation);
        var chosen = Connection.SelectedRepositories?.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var teams = await db.IssueTeams.AsNoTracking().Where(t => t.ConnectionId == Connection.Id).OrderBy(t => t.ArchivedAt != null).ThenBy(t => t.Name)
            .Select(t => new { Team = t, Issues = db.Issues.Count(i => i.IssueTeamId == t.Id && !i.IsTrashed) }).ToListAsync(cancellation);
        Teams = teams.ConvertAll(t => new Team(
            t.Team.ExternalId, t.Team.Key, t.Team.Name, t.Team.IsPrivate, t.Team.ArchivedAt is not null,
            chosen is null || chosen.Contains(t.Team.ExternalId) || chosen.Contains(t.Team.Key), t.Issues, t.Team.MemberAccountIds.Length));
    }

    private async Task RedeemAsync(string code, string verifier, CancellationToken cancellation)
    {
        try
        {
            var grant = await App.RedeemAsync(code, ReturnAddress, verifier, cancellation);
            if (!await TryConnectAsync(grant.Token, cancellation))
                Flash.Refused(TempData, string.Join(' ', ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage)));
        }
        catch (ConnectorException refused)
        {
            Flash.Refused(TempData, refused.Message);
        }
    }

    private async Task<bool> TryConnectAsync(string key, CancellationToken cancellation)
    {
        try
        {
            var connected = await connections.ConnectAsync(organization.Id, Kind, key, null, null, User.RequiredCallerId(), cancellation);
            Flash.Done(TempData, string.Join(' ', [$"Linear is connected as {connected.Connection.Account}. The first sync has started.", .. connected.Warnings]));
            return true;
        }
        catch (ConnectorException refused)
        {
            ModelState.AddModelError($"{nameof(Form)}.{nameof(Form.ApiKey)}", refused.Message);
            return false;
        }
    }

    private Uri PublicAddress()
    {
        var root = options.Value.PublicUrl?.AbsoluteUri ?? $"{Request.Scheme}://{Request.Host}{Request.PathBase}";
        return new Uri(root.TrimEnd('/') + "/");
    }
}
