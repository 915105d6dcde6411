using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Sync.Webhooks;

/// <summary>Believes everything, and reads every message as one about pull request 7.</summary>
internal sealed class BelievingSource : IWebhookSource
{
    public string Kind => NewsConnector.Kind;

    public bool HasProof(WebhookHeaders headers) => true;

    public bool IsProven(WebhookHeaders headers, ReadOnlySpan<byte> body, string secret) => true;

    public WebhookNote? Read(WebhookHeaders headers, ReadOnlyMemory<byte> body) =>
        new(headers("id")!, "pull_request", null, "42", "acme/42", [new PullRequestTarget(7)]);
}
