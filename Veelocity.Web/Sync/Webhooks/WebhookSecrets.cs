using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync.Webhooks;

/// <summary>Makes, shows and takes away the secret with which a provider proves that a message is its own.</summary>
public sealed class WebhookSecrets(VeelocityDb db, IDataProtectionProvider protection, ConnectorCatalog catalog, TimeProvider time)
{
    private const int SecretBytes = 32;

    public Task<Webhook?> FindAsync(Guid organizationId, Guid connectionId, CancellationToken cancellation)
    {
        db.Enter(organizationId);
        return db.Webhooks.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .SingleOrDefaultAsync(w => w.ConnectionId == connectionId && w.OrganizationId == organizationId, cancellation);
    }

    /// <summary>Takes messages for this connection from now on; with a secret there already, a new one beside it for a day.</summary>
    public Task MakeSecretAsync(Connection connection, CancellationToken cancellation) =>
        KeepSecretAsync(connection, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)), cancellation);

    /// <summary>The same with a secret that the provider made.</summary>
    public async Task KeepSecretAsync(Connection connection, string secret, CancellationToken cancellation)
    {
        var webhook = await FindAsync(connection.OrganizationId, connection.Id, cancellation);
        Audit(connection.OrganizationId, connection.Kind, webhook is null ? "Turned on with a signing secret." : "A new signing secret.");
        if (webhook is null) db.Webhooks.Add(webhook = new Webhook { ConnectionId = connection.Id, OrganizationId = connection.OrganizationId });
        webhook.Take(For(connection.Id).Protect(secret), time.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Erases the secrets, so that nothing proves itself any more. Answers whether there was anything to turn off.</summary>
    public async Task<bool> TurnOffAsync(Guid organizationId, Guid connectionId, CancellationToken cancellation)
    {
        db.Enter(organizationId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var kind = await db.Connections.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(c => c.Id == connectionId && c.OrganizationId == organizationId).Select(c => c.Kind).SingleOrDefaultAsync(cancellation);
        var erased = await db.Webhooks.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(w => w.ConnectionId == connectionId && w.OrganizationId == organizationId)
            .ExecuteDeleteAsync(cancellation);
        if (erased > 0)
        {
            Audit(organizationId, kind!, "Turned off; its signing secret is erased.");
            await db.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        return erased > 0;
    }

    /// <summary>The secret in the clear; null when its key is gone and a new one has to be made.</summary>
    public string? Reveal(Webhook webhook) => Open(webhook.ConnectionId, webhook.ProtectedSecret);

    /// <summary>The secrets that prove a message now.</summary>
    public IReadOnlyList<string> SecretsOf(Webhook webhook) =>
        [.. webhook.ProtectedSecretsAt(time.GetUtcNow()).Select(secret => Open(webhook.ConnectionId, secret)).OfType<string>()];

    private void Audit(Guid organizationId, string kind, string detail) =>
        db.Audit(organizationId, AuditAction.WebhookChanged, catalog.Find(kind)?.Info.Name ?? kind, detail, time.GetUtcNow());

    private string? Open(Guid connectionId, string secret)
    {
        try
        {
            return For(connectionId).Unprotect(secret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector For(Guid connectionId) => protection.CreateProtector("Veelocity.Webhook", connectionId.ToString("N"));
}
