namespace Veelocity.Web.Connectors;

/// <summary>How a provider tells of changes by itself. What it says is a hint of what to read again, never a fact.</summary>
public interface IWebhookSource
{
    /// <summary>The connector whose connections are told, such as <c>github</c>; part of the address.</summary>
    string Kind { get; }

    /// <summary>Whether the message carries a proof at all; without one nothing of it needs to be read.</summary>
    bool HasProof(WebhookHeaders headers);

    /// <summary>Whether it was sent by someone who knows the secret, compared in a time that tells nothing.</summary>
    bool IsProven(WebhookHeaders headers, ReadOnlySpan<byte> body, string secret);

    /// <summary>What is in a proven message; null when it is not as the provider writes them.</summary>
    WebhookNote? Read(WebhookHeaders headers, ReadOnlyMemory<byte> body);

    /// <summary>Has the provider send messages to that address, signed with that secret. A refusal is a <see cref="ConnectorException"/>.</summary>
    Task RegisterAsync(ConnectorCredentials credentials, Uri address, string secret, CancellationToken cancellation) =>
        throw new NotSupportedException($"Webhooks of {Kind} are entered there by hand.");
}

/// <summary>A message's headers: the value by name, null where there is none.</summary>
public delegate string? WebhookHeaders(string name);

/// <summary>What a message says.</summary>
/// <param name="DeliveryId">The provider's id of the message; the same when it is sent again.</param>
/// <param name="RepositoryExternalId">The repository or channel; null when it is about none.</param>
/// <param name="Targets">What to read again; empty when nothing of it matters.</param>
public sealed record WebhookNote(
    string DeliveryId, string Event, string? Action, string? RepositoryExternalId, string? RepositoryName, IReadOnlyList<RefreshTarget> Targets)
{
    /// <summary>The provider only made sure of the address.</summary>
    public bool IsGreeting { get; init; }

    /// <summary>What the provider wants to hear back; null for nothing.</summary>
    public string? Reply { get; init; }
}
