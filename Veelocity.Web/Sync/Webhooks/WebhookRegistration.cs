using System.Security.Cryptography;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync.Webhooks;

/// <summary>Has a provider send its messages here.</summary>
public sealed class WebhookRegistration(WebhookSecrets secrets, CredentialRenewal credentials, IEnumerable<IWebhookSource> sources)
{
    private const int SecretBytes = 32;

    /// <summary>With a new secret, which is kept once the provider has it. A refusal of the provider is a <see cref="ConnectorException"/> and changes nothing.</summary>
    public async Task RegisterAsync(Connection connection, Uri address, CancellationToken cancellation)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var source = sources.Single(s => s.Kind == connection.Kind);
        await source.RegisterAsync(await credentials.OpenAsync(connection, cancellation), address, secret, cancellation);
        await secrets.KeepSecretAsync(connection, secret, CancellationToken.None);
    }
}
