using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Incidents.Chat;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Sync;
using Veelocity.Web.Sync.Webhooks;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Slack: connect by token or by signing in, its channels, the rules that find incidents with a preview, events.</summary>
internal sealed class SlackModel(
    VeelocityDb db, CurrentOrganization organization, Connections connections, ConnectorCatalog catalog, SyncRequests requests, SyncProgress progress, SyncSchedule schedule,
    WebhookSecrets secrets, ChatIncidents chat, ChatPreview preview, AfterSync after, ProviderSignIn access, ConnectionTest test, IOptions<ConnectorsOptions> options) : PageModel
{
    public const string Kind = "slack";

    public sealed record Channel(string Name, string? Url, bool IsArchived, bool IsRead, string? Problem);

    [BindProperty]
    public SlackForm Form { get; set; } = new();

    [BindProperty]
    public SlackRulesForm Rules { get; set; } = new();

    public Connection? Connection { get; private set; }
    public bool IsConnected => Connection is { IsConnected: true };
    public SyncProgress.View Progress { get; private set; } = new(IsRunning: false, []);
    public SyncSchedule Schedule => schedule;
    public IReadOnlyList<Channel> Channels { get; private set; } = [];
    public IReadOnlyList<(Guid Id, string Name)> Services { get; private set; } = [];
    public IReadOnlyList<(string Part, string Problem)> Problems { get; private set; } = [];
    public ChatPreview.View? Preview { get; private set; }
    public Webhook? Webhook { get; private set; }
    public DateTimeOffset? LastEventAt { get; private set; }
    public int IncidentCount { get; private set; }
    public Uri? EventsAddress => Connection is null ? null : new Uri(PublicAddress(), WebhookEndpoint.PathOf(Kind, Connection.Id));
    public bool CanAuthorize => App.CanAuthorize;
    public string? Manifest => App.Manifest(EventsAddress, CanAuthorize ? ReturnAddress : null);
    public bool MayEdit => organization.May(Permission.EditMetricRules);

    private IProviderApp App => (IProviderApp)catalog.Find(Kind)!;
    private Uri ReturnAddress => new(PublicAddress(), $"o/{organization.Slug}/settings/slack?handler=Granted");

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Rules = SlackRulesForm.Of(await RulesAsync(cancellation));
        await ReadAsync(cancellation);
    }

    /// <summary>Only the progress, for the page to ask for while something runs.</summary>
    public async Task<IActionResult> OnGetProgressAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } connection) return NotFound();
        return Partial("_SyncProgress", await progress.WatchAsync(connection.Id, cancellation));
    }

    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnPostConnectAsync(CancellationToken cancellation)
    {
        // The rules on the same page are not part of this form.
        foreach (var key in ModelState.Keys.Where(key => !key.StartsWith($"{nameof(Form)}.", StringComparison.Ordinal)).ToList()) ModelState.Remove(key);
        if (ModelState.IsValid && await TryConnectAsync(Form.Token.Trim(), [], cancellation)) return RedirectToPage();
        Rules = SlackRulesForm.Of(await RulesAsync(cancellation));
        await ReadAsync(cancellation);
        return Page();
    }

    [Requires(Permission.ManageConnectors)]
    public IActionResult OnPostAuthorize() =>
        CanAuthorize ? access.Begin(HttpContext, App, organization.Id, User.RequiredCallerId(), ReturnAddress) : NotFound();

    /// <summary>Where Slack sends the browser back to.</summary>
    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnGetGrantedAsync(string? code, string? state, string? error, CancellationToken cancellation)
    {
        if (access.End(HttpContext, state, organization.Id, User.RequiredCallerId()) is not { } verifier) Flash.Refused(TempData, "That did not begin here, or took too long. Start again.");
        else if (code is null) Flash.Refused(TempData, $"Slack did not grant access ({error ?? "no reason given"}). Nothing was changed.");
        else await RedeemAsync(code, verifier, cancellation);
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

    /// <summary>What the rules that are being typed would find; nothing is kept.</summary>
    [Requires(Permission.EditMetricRules)]
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        Problems = [.. RuleProblems.Of(Rules.Read())];
        if (Problems.Count == 0 && IsConnected) Preview = await preview.AskAsync(Connection!, Rules.Read(), cancellation);
        ModelState.Clear();
        return Page();
    }

    [Requires(Permission.EditMetricRules)]
    public async Task<IActionResult> OnPostRulesAsync(CancellationToken cancellation)
    {
        var set = Rules.Read();
        Problems = [.. RuleProblems.Of(set)];
        if (Problems.Count > 0)
        {
            await ReadAsync(cancellation);
            ModelState.Clear();
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        await chat.ChangeRulesAsync(organization.Id, set, db.Actor, cancellation);
        await after.LinkAsync(organization.Id, cancellation, only: []);
        if (await FindAsync(cancellation) is { IsConnected: true } connection)
            await requests.RequestAsync(organization.Id, connection.Id, SyncTrigger.Manual, isFull: false, cancellation);
        Flash.Done(TempData, "Saved. Stored messages were looked through again; channels that are new to the rules are read now.");
        return RedirectToPage();
    }

    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnPostSecretAsync(string? secret, CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { IsConnected: true } connection) return NotFound();
        if (string.IsNullOrWhiteSpace(secret) || secret.Length > 200) Flash.Refused(TempData, "Paste the signing secret from the app's Basic Information page.");
        else
        {
            await secrets.KeepSecretAsync(connection, secret.Trim(), cancellation);
            Flash.Done(TempData, "Veelocity listens. Enter the address under Event Subscriptions in the Slack app, or save the manifest again.");
        }
        return RedirectToPage();
    }

    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnPostOffAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is { } connection && await secrets.TurnOffAsync(organization.Id, connection.Id, cancellation))
            Flash.Done(TempData, "Events are off and the signing secret erased. Syncs go on as before.");
        return RedirectToPage();
    }

    [Requires(Permission.ManageConnectors)]
    public async Task<IActionResult> OnPostDisconnectAsync(string? confirmation, CancellationToken cancellation)
    {
        if (!string.Equals(confirmation?.Trim(), "Slack", StringComparison.OrdinalIgnoreCase))
            Flash.Refused(TempData, "Nothing was disconnected: type Slack to confirm.");
        else if (await connections.DisconnectAsync(organization.Id, Kind, cancellation))
            Flash.Done(TempData, "Slack is disconnected and its token erased. What was read stays.");
        return RedirectToPage();
    }

    private Task<Connection?> FindAsync(CancellationToken cancellation) => connections.FindAsync(organization.Id, Kind, cancellation);

    private async Task<IncidentRuleSet> RulesAsync(CancellationToken cancellation) =>
        (await db.IncidentRules.AsNoTracking().SingleOrDefaultAsync(cancellation))?.Set ?? new IncidentRuleSet();

    private async Task ReadAsync(CancellationToken cancellation)
    {
        Connection = await FindAsync(cancellation);
        if (Connection is null) return;
        Progress = await progress.ReadAsync(Connection.Id, cancellation);
        Webhook = await secrets.FindAsync(organization.Id, Connection.Id, cancellation);
        LastEventAt = await db.WebhookDeliveries.Where(d => d.ConnectionId == Connection.Id).MaxAsync(d => (DateTimeOffset?)d.ReceivedAt, cancellation);
        IncidentCount = await db.Incidents.CountAsync(i => i.Source == Kind && i.MergedIntoId == null, cancellation);
        var rules = new CompiledRules(await RulesAsync(cancellation));
        var channels = await db.ChatChannels.AsNoTracking().Where(c => c.ConnectionId == Connection.Id).OrderBy(c => c.Name).ToListAsync(cancellation);
        Channels = [.. channels.Select(c => new Channel(c.Name, c.Url, c.IsArchived, rules.Reads(c.Name), c.Problem))
            .OrderByDescending(c => c is { IsRead: true, Problem: not null }).ThenByDescending(c => c.IsRead).ThenBy(c => c.IsArchived)];
        Services = (await db.Services.AsNoTracking().OrderBy(s => s.Name).Select(s => new { s.Id, s.Name }).ToListAsync(cancellation)).ConvertAll(s => (s.Id, s.Name));
    }

    private async Task RedeemAsync(string code, string verifier, CancellationToken cancellation)
    {
        try
        {
            var grant = await App.RedeemAsync(code, ReturnAddress, verifier, cancellation);
            if (!await TryConnectAsync(grant.Token, grant.Scopes, cancellation))
                Flash.Refused(TempData, string.Join(' ', ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage)));
        }
        catch (ConnectorException refused)
        {
            Flash.Refused(TempData, refused.Message);
        }
    }

    private async Task<bool> TryConnectAsync(string token, IReadOnlyList<string> scopes, CancellationToken cancellation)
    {
        try
        {
            var connected = await connections.ConnectAsync(organization.Id, Kind, token, null, null, User.RequiredCallerId(), cancellation);
            if (!string.IsNullOrWhiteSpace(Form.SigningSecret)) await secrets.KeepSecretAsync(connected.Connection, Form.SigningSecret.Trim(), cancellation);
            var granted = scopes.Count == 0 ? [] : new[] { $"Granted: {string.Join(", ", scopes)}." };
            Flash.Done(TempData, string.Join(' ', [$"Slack is connected as {connected.Connection.Account}. The first sync has started.", .. granted, .. connected.Warnings]));
            return true;
        }
        catch (ConnectorException refused)
        {
            ModelState.AddModelError($"{nameof(Form)}.{nameof(Form.Token)}", refused.Message);
            return false;
        }
    }

    private Uri PublicAddress()
    {
        var root = options.Value.PublicUrl?.AbsoluteUri ?? $"{Request.Scheme}://{Request.Host}{Request.PathBase}";
        return new Uri(root.TrimEnd('/') + "/");
    }
}
