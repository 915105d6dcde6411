using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Sync.Webhooks;

namespace Veelocity.Web.Tests.Sync.Webhooks;

/// <summary>Puts deliveries down as the endpoint does, and has them worked on.</summary>
internal static class Deliveries
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>A connection whose one repository is known.</summary>
    public static async Task<Connection> ConnectAsync(SyncHost host)
    {
        var connected = await host.FoundAndConnectAsync(NewsConnector.Kind);
        await host.RunAllAsync(connected.Runs);
        return connected.Connection;
    }

    public static Task PutDownAsync(SyncHost host, Connection connection, params string[] targets) => PutDownAboutAsync(host, connection, "42", targets);

    public static async Task PutDownAboutAsync(SyncHost host, Connection connection, string repository, params string[] targets)
    {
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using var db = host.Database.Open();
        db.AddRange(targets.Select(target => new WebhookDelivery
        {
            OrganizationId = connection.OrganizationId,
            ConnectionId = connection.Id,
            DeliveryId = $"{Guid.NewGuid()}",
            Event = "pull_request",
            RepositoryExternalId = repository,
            Targets = [target],
            ReceivedAt = now,
            DueAt = now,
        }));
        await db.SaveChangesAsync(Now);
    }

    public static async Task<Reception> ReceiveAsync(SyncHost host, Connection connection, string deliveryId)
    {
        await host.UseAsync(async (WebhookSecrets secrets) =>
        {
            await secrets.MakeSecretAsync(connection, Now);
            return true;
        });
        var (reception, _) = await host.UseAsync((WebhookInbox inbox) =>
            inbox.ReceiveAsync(new BelievingSource(), connection.Id, name => name == "id" ? deliveryId : null, ReadOnlyMemory<byte>.Empty, Now));
        return reception;
    }

    public static Task WorkAsync(SyncHost host) => WorkUntilAsync(host, Now);

    /// <summary>One look at the queue, as the worker takes it.</summary>
    public static async Task WorkUntilAsync(SyncHost host, CancellationToken cancellation)
    {
        foreach (var group in await host.UseAsync((DeliveryQueue queue) => queue.DueAsync(cancellation)))
            await host.UseAsync((DeliveryQueue queue) => queue.WorkAsync(group, cancellation));
    }

    public static async Task<List<WebhookDelivery>> ReadAsync(SyncHost host)
    {
        await using var db = host.Database.Open();
        return await db.WebhookDeliveries.IgnoreQueryFilters().OrderBy(d => d.ReceivedAt).ThenBy(d => d.Id).ToListAsync(Now);
    }
}
