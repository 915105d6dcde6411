namespace Veelocity.Web.Connectors;

/// <summary>What the operator decides about the outside world; section <c>Connectors</c>.</summary>
public sealed record ConnectorsOptions
{
    /// <summary>Whether addresses typed by users may reach private networks.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>Where providers reach this installation, for their webhooks; null to go by the address people use.</summary>
    public Uri? PublicUrl { get; init; }

    public ProviderOptions GitHub { get; init; } = new() { BaseUrl = new("https://api.github.com/") };

    public ProviderAppOptions Slack { get; init; } = new() { BaseUrl = new("https://slack.com/api/") };

    public ProviderAppOptions Linear { get; init; } = new() { BaseUrl = new("https://api.linear.app/") };

    /// <summary>Addresses the operator chose, which no guard questions.</summary>
    public IEnumerable<Uri> OperatorAddresses => [GitHub.BaseUrl, Slack.BaseUrl, Linear.BaseUrl];
}

/// <summary>Where one provider is.</summary>
public record ProviderOptions
{
    public required Uri BaseUrl { get; init; }
}

/// <summary>Where a provider is, and the app there through which people can sign in; Linear's needs no secret.</summary>
public sealed record ProviderAppOptions : ProviderOptions
{
    public string? ClientId { get; init; }
    public string? ClientSecret { get; init; }
}
