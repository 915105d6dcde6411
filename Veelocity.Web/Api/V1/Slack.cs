using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Incidents.Chat;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Paging;
using Veelocity.Web.Sync;
using Veelocity.Web.Sync.Webhooks;

namespace Veelocity.Web.Api.V1;

/// <summary>Slack's own part: connecting with a bot token, its channels, the incidents found in them and the rules that find them.</summary>
internal static class Slack
{
    private const string Kind = "slack";

    public static void MapSlack(this RouteGroupBuilder connectors)
    {
        var slack = connectors.MapGroup("/slack");
        slack.MapPost("/connect", ConnectAsync).Requires(Permission.ManageConnectors)
            .WithSummary("Test a bot token, keep it encrypted and request the first sync; 422 when the token is refused")
            .MayAnswer(409, "sample_organization", "The organization holds sample data; nothing is connected to it.");
        slack.MapGet("/channels", ChannelsAsync).WithSummary("Channels that the app sees, which of them are read, and why others are not");
        slack.MapGet("/incidents", IncidentsAsync).WithSummary("Incidents found in Slack, newest first");
        slack.MapGet("/configure", RulesAsync).WithSummary("The rules by which incidents are found");
        slack.MapPost("/configure", ConfigureAsync).Requires(Permission.EditMetricRules)
            .WithSummary("Change rules: what is left out stays as it is; stored messages are looked through again at once");
    }

    private static async Task<ConnectorAnswer> ConnectAsync(
        SlackConnectBody body, ClaimsPrincipal caller, ConnectorCatalog catalog, Connections connections, WebhookSecrets secrets,
        CurrentOrganization organization, VeelocityDb db, CancellationToken cancellation)
    {
        try
        {
            var made = await connections.ConnectAsync(organization.Id, Kind, body.Token!.Trim(), null, null, caller.RequiredCallerId(), cancellation);
            if (!string.IsNullOrWhiteSpace(body.SigningSecret)) await secrets.KeepSecretAsync(made.Connection, body.SigningSecret.Trim(), cancellation);
            return await Connectors.AnswerAsync(catalog.Find(Kind)!.Info, organization, db, cancellation) with { Warnings = made.Warnings };
        }
        catch (ConnectorException refused)
        {
            throw new Refused(refused.Message, JsonNamingPolicy.SnakeCaseLower.ConvertName(refused.Fault.ToString())) { Field = nameof(SlackConnectBody.Token) };
        }
    }

    private static async Task<Page<ChannelAnswer>> ChannelsAsync(
        [AsParameters] ChannelQuery query, [AsParameters] Paging paging, VeelocityDb db, CancellationToken cancellation)
    {
        var rules = new CompiledRules((await db.IncidentRules.AsNoTracking().SingleOrDefaultAsync(cancellation))?.Set ?? new IncidentRuleSet());
        var channels = db.ChatChannels.AsNoTracking().Where(c => query.State == null || c.IsArchived == (query.State == ChannelQuery.Archived));
        if (query.Part is { } part) channels = channels.Where(c => EF.Functions.ILike(c.Name, part, "\\"));
        var page = await paging.ReadAsync(channels.OrderBy(c => c.Name).ThenBy(c => c.Id), cancellation);
        return new Page<ChannelAnswer>(
            [.. page.Items.Select(c => new ChannelAnswer(c.Id, c.ExternalId, c.Name, c.Url, c.IsPrivate, c.IsArchived, c.IsMember, rules.Reads(c.Name), rules.ChannelOf(c.Name)?.Environment, c.Problem))],
            page.Number, page.PerPage, page.Total);
    }

    private static Task<Page<FoundAnswer>> IncidentsAsync(
        [AsParameters] FoundQuery query, [AsParameters] SeverityQuery which, [AsParameters] Paging paging, VeelocityDb db, TimeProvider clock,
        CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return paging.ReadAsync(
            db.Incidents.AsNoTracking().Where(i => i.Source == Kind && i.MergedIntoId == null)
                .Where(i => query.ServiceId == null || i.ServiceId == query.ServiceId)
                .Where(i => query.IsOpen == null || (i.ResolvedAt == null && !i.HasUnknownEnd) == query.IsOpen)
                .Where(i => query.From == null || i.StartedAt >= query.From)
                .Where(i => which.Parsed == null || i.Severity == which.Parsed)
                .OrderByDescending(i => i.StartedAt).ThenBy(i => i.Id)
                .Select(i => new FoundAnswer(
                    i.Id, i.Title, i.Url, i.Severity, i.ServiceId, i.Environment, i.StartedAt, i.AcknowledgedAt, i.ResolvedAt,
                    i.ResolvedAt == null && !i.HasUnknownEnd && i.LastHeardAt < now.AddDays(-3), i.DeploymentId)),
            cancellation);
    }

    private static async Task<RulesAnswer> RulesAsync(VeelocityDb db, CancellationToken cancellation) =>
        RulesAnswer.Of((await db.IncidentRules.AsNoTracking().SingleOrDefaultAsync(cancellation))?.Set ?? new IncidentRuleSet());

    private static async Task<RulesAnswer> ConfigureAsync(
        RulesBody body, ClaimsPrincipal caller, CurrentOrganization organization, VeelocityDb db, ChatIncidents chat, AfterSync after, CancellationToken cancellation)
    {
        var before = (await db.IncidentRules.AsNoTracking().SingleOrDefaultAsync(cancellation))?.Set ?? new IncidentRuleSet();
        var set = body.Over(before);
        if (RuleProblems.Of(set).Select(p => ((string Part, string Problem)?)p).FirstOrDefault() is { } wrong)
            throw new Refused(wrong.Problem, "rule_refused") { Field = wrong.Part };
        await chat.ChangeRulesAsync(organization.Id, set, db.Actor, cancellation);
        await after.LinkAsync(organization.Id, cancellation, only: []);
        return RulesAnswer.Of(set);
    }
}

internal sealed record ChannelQuery
{
    public const string Archived = "archived";

    [FromQuery(Name = "state")]
    [AllowedValues(null, "active", Archived, ErrorMessage = "Choose active or archived.")]
    public string? State { get; init; }

    /// <summary>Part of the name.</summary>
    [FromQuery(Name = "q"), StringLength(100, ErrorMessage = "Use 100 characters at most.")]
    public string? Text { get; init; }

    public string? Part => TextPart.Of(Text);
}

internal sealed record FoundQuery
{
    [FromQuery(Name = "service_id"), IdOf<Service>("service")]
    public Guid? ServiceId { get; init; }

    /// <summary><c>open</c> or <c>resolved</c>; both when left out.</summary>
    [FromQuery(Name = "status")]
    [AllowedValues(null, "open", "resolved", ErrorMessage = "Choose open or resolved.")]
    public string? Status { get; init; }

    /// <summary>Only those that started at this instant or later.</summary>
    [FromQuery(Name = "since")]
    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? From => Since?.ToUniversalTime();

    public bool? IsOpen => Status is null ? null : Status == "open";
}

internal sealed record SlackConnectBody
{
    [Required(ErrorMessage = "Send the bot token."), StringLength(1000, ErrorMessage = "A token has 1,000 characters at most.")]
    public string? Token { get; init; }

    /// <summary>With it Slack's events are taken; left out, syncs alone bring what is new.</summary>
    [StringLength(200)]
    public string? SigningSecret { get; init; }
}

/// <param name="Read">Its name matches the patterns.</param>
/// <param name="Problem">Why it cannot be read, and what to do; null when it can.</param>
internal sealed record ChannelAnswer(
    Guid Id, string ExternalId, string Name, string? Url, bool Private, bool Archived, bool Member, bool Read, string? Environment, string? Problem);

/// <param name="Stale">Open and not heard of for three days.</param>
internal sealed record FoundAnswer(
    Guid Id, string Title, string? Url, IncidentSeverity? Severity, Guid? ServiceId, string? Environment, DateTimeOffset StartedAt, DateTimeOffset? AcknowledgedAt,
    DateTimeOffset? ResolvedAt, bool Stale, Guid? DeploymentId);
