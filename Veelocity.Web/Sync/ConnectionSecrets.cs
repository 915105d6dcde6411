using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>Encrypts tokens at rest, each bound to its connection so that a copied row does not open.</summary>
public sealed class ConnectionSecrets(IDataProtectionProvider protection)
{
    public string Protect(Guid connectionId, string secret) => For(connectionId).Protect(secret);

    /// <summary>The credentials of a connection; a lost key is a refusal that says to connect again.</summary>
    public ConnectorCredentials Open(Connection connection)
    {
        try
        {
            var secret = For(connection.Id).Unprotect(connection.ProtectedSecret!);
            return new ConnectorCredentials(secret, connection.BaseUrl is null ? null : new Uri(connection.BaseUrl));
        }
        catch (CryptographicException lost)
        {
            throw new ConnectorException(
                ConnectorFault.TokenWrong, "The stored token cannot be decrypted, because its encryption key is gone. Connect again with a token.", inner: lost);
        }
    }

    private IDataProtector For(Guid connectionId) => protection.CreateProtector("Veelocity.Connection", connectionId.ToString("N"));
}
