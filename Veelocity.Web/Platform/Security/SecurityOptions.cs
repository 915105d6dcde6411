using System.ComponentModel.DataAnnotations;

namespace Veelocity.Web.Platform.Security;

/// <summary>What an operator may set about the app's defences (<c>Veelocity:Security</c>).</summary>
public sealed record SecurityOptions
{
    public const string Section = "Veelocity:Security";

    /// <summary>Sign-in and registration attempts allowed a minute from one address.</summary>
    [Range(1, 100_000)]
    public int SignInsPerMinute { get; init; } = 60;

    /// <summary>Requests to the API allowed a minute with one token.</summary>
    [Range(1, 10_000_000)]
    public int ApiRequestsPerMinute { get; init; } = 1200;

    /// <summary>Requests to the API allowed a minute from one address, whatever the tokens.</summary>
    [Range(1, 10_000_000)]
    public int ApiRequestsPerMinuteFromAddress { get; init; } = 6000;

    /// <summary>Invitations that an organization may send in an hour.</summary>
    [Range(1, 100_000)]
    public int InvitationsPerHour { get; init; } = 100;

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies whose X-Forwarded headers are believed.</summary>
    public string[] TrustedProxies { get; init; } = [];
}
