using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync.Webhooks;

/// <summary>What a provider is answered.</summary>
public enum Reception
{
    Accepted,

    /// <summary>Not proven to come from the provider; whether there is such a connection is not told.</summary>
    Unproven,

    /// <summary>Proven, and not wanted any more.</summary>
    Disconnected,

    /// <summary>Proven, and not as the provider writes its messages.</summary>
    Unreadable,
}

/// <summary>Checks messages and puts them down for the worker; nothing slower happens while a provider waits.</summary>
public sealed class WebhookInbox(VeelocityDb db, WebhookSecrets webhooks, WebhookBell bell, TimeProvider time)
{
    /// <summary>Time for the rest of what happened together to arrive, so that it is read once.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(500);

    // Someone who guesses addresses waits as long for an answer where nothing is.
    private static readonly string Decoy = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public async Task<(Reception Reception, string? Reply)> ReceiveAsync(
        IWebhookSource source, Guid connectionId, WebhookHeaders headers, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        Connection? connection;
        using (db.ForInstallation())
        {
            connection = await db.Connections.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
                .SingleOrDefaultAsync(c => c.Id == connectionId && c.Kind == source.Kind, cancellation);
        }
        var webhook = await webhooks.FindAsync(connection?.OrganizationId ?? default, connectionId, cancellation);
        IReadOnlyList<string> secrets = webhook is null ? [Decoy] : webhooks.SecretsOf(webhook);
        var isProven = false;
        foreach (var secret in secrets) isProven |= source.IsProven(headers, body.Span, secret);
        if (!isProven || webhook is null || connection is null) return (Reception.Unproven, null);
        if (!connection.IsConnected) return (Reception.Disconnected, null);
        if (source.Read(headers, body) is not { } note) return (Reception.Unreadable, null);

        await PutDownAsync(connection, note, cancellation);
        if (note.Targets.Count > 0) bell.Ring();
        return (Reception.Accepted, note.Reply);
    }

    private async Task PutDownAsync(Connection connection, WebhookNote note, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var ignored = note.IsGreeting ? "The address was found." : note.Targets.Count == 0 ? "It is about nothing that is read." : null;
        var outcome = ignored is null ? null : "ignored";
        DateTimeOffset? finishedAt = ignored is null ? null : now;
        var id = Cut(note.DeliveryId, 100);
        var isNew = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO webhook_deliveries
                (id, organization_id, connection_id, delivery_id, event, action, repository_external_id, repository_name, targets,
                 received_at, due_at, attempts, changed_rows, outcome, note, finished_at)
            VALUES ({Guid.CreateVersion7(now)}, {connection.OrganizationId}, {connection.Id}, {id}, {Cut(note.Event, 100)},
                    {Cut(note.Action, 100)}, {note.RepositoryExternalId}, {Cut(note.RepositoryName, 300)}, {note.Targets.Select(TargetText.Write).ToArray()},
                    {now}, {now + Gathering}, 0, 0, {outcome}, {ignored}, {finishedAt})
            ON CONFLICT (connection_id, delivery_id) DO NOTHING
            """, cancellation) > 0;
        if (isNew) return;
        // What failed and is sent again on purpose is tried again. A row in the worker's hands does not match, and so is not waited for.
        await db.Database.ExecuteSqlAsync($"""
            UPDATE webhook_deliveries
            SET due_at = {now}, attempts = 0, outcome = NULL, note = NULL, finished_at = NULL
            WHERE connection_id = {connection.Id} AND delivery_id = {id} AND outcome = 'failed'
            """, cancellation);
    }

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..length] : text;
}
