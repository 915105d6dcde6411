namespace Veelocity.Web.Connectors;

/// <summary>The causes that people have to tell apart, because each is mended differently.</summary>
public enum ConnectorFault
{
    TokenWrong,
    TokenExpired,
    SsoRequired,
    MissingPermission,
    NotFound,
    FeatureDisabled,
    RateLimited,
    Unreachable,
    AddressRefused,
    Malformed,
}

/// <summary>A provider's refusal or silence, in words that say what to do; never holds a secret.</summary>
public sealed class ConnectorException(ConnectorFault fault, string message, DateTimeOffset? until = null, Exception? inner = null)
    : Exception(message, inner)
{
    public ConnectorFault Fault { get; } = fault;

    /// <summary>When asking again makes sense; only for <see cref="ConnectorFault.RateLimited"/>.</summary>
    public DateTimeOffset? Until { get; } = until;

    /// <summary>Whether the provider gave no whole answer to one question, however small: others may be answered.</summary>
    internal bool IsTooHeavy => InnerException is Http.TooHeavyException;

    /// <summary>Whether the credentials themselves are refused, so that trying again is useless until someone mends them.</summary>
    public bool IsRefusal => Fault is ConnectorFault.TokenWrong or ConnectorFault.TokenExpired or ConnectorFault.SsoRequired;
}
