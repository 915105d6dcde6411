namespace Veelocity.Web.Connectors;

/// <summary>A connector whose access is given to an app that the customer makes at the provider, or by signing in there.</summary>
public interface IProviderApp
{
    /// <summary>Whether the operator has entered an app through which people can sign in.</summary>
    bool CanAuthorize { get; }

    /// <summary>Where the browser goes to grant access.</summary>
    /// <param name="verifier">A secret of this attempt: its hash goes along, itself only with the code. Providers that know no such proof ignore it.</param>
    Uri AuthorizeAddress(string state, Uri redirect, string verifier);

    /// <summary>Trades the code that the browser came back with for a token.</summary>
    Task<Grant> RedeemAsync(string code, Uri redirect, string verifier, CancellationToken cancellation);

    /// <summary>The app to be made, as the provider reads it; null where it is made by hand.</summary>
    /// <param name="events">Where events are sent; null to leave them out.</param>
    string? Manifest(Uri? events, Uri? redirect);

    /// <summary>Whether what was granted runs out soon and is to be exchanged now; what lasts never is.</summary>
    bool NeedsRenewal(ConnectorCredentials credentials) => false;

    /// <summary>
    /// Exchanges it. The old may be worthless from then on, so the answer has to be stored before it is used, and nobody else may exchange
    /// the same. A refusal is a <see cref="ConnectorException"/>.
    /// </summary>
    Task<string> RenewAsync(ConnectorCredentials credentials, CancellationToken cancellation) => Task.FromResult(credentials.Secret);
}

/// <summary>A granted token, with all that is needed to renew it, and what it may do.</summary>
public sealed record Grant(string Token, IReadOnlyList<string> Scopes)
{
    public override string ToString() => $"a grant of {string.Join(", ", Scopes)}";
}
