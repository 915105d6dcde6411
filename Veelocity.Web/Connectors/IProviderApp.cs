namespace Veelocity.Web.Connectors;

/// <summary>A connector whose access is given to an app that the customer makes at the provider, or by signing in there.</summary>
public interface IProviderApp
{
    /// <summary>Whether the operator has entered an app through which people can sign in.</summary>
    bool CanAuthorize { get; }

    /// <summary>Where the browser goes to grant access.</summary>
    Uri AuthorizeAddress(string state, Uri redirect);

    /// <summary>Trades the code that the browser came back with for a token.</summary>
    Task<Grant> RedeemAsync(string code, Uri redirect, CancellationToken cancellation);

    /// <summary>The app to be made, as the provider reads it.</summary>
    /// <param name="events">Where events are sent; null to leave them out.</param>
    string Manifest(Uri? events, Uri? redirect);
}

/// <summary>A granted token and what it may do.</summary>
public sealed record Grant(string Token, IReadOnlyList<string> Scopes)
{
    public override string ToString() => $"a grant of {string.Join(", ", Scopes)}";
}
