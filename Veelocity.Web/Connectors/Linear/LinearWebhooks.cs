using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Linear;

/// <summary>Checks and reads what Linear sends when something changes.</summary>
internal sealed class LinearWebhooks(LinearApi api, TimeProvider clock) : IWebhookSource
{
    private const string SignatureHeader = "Linear-Signature";
    private const string DeliveryHeader = "Linear-Delivery";
    private const string TimeHeader = "Linear-Timestamp";
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    public string Kind => LinearConnector.Kind;

    public bool HasProof(WebhookHeaders headers) => headers(SignatureHeader) is { Length: > 0 };

    public bool IsProven(WebhookHeaders headers, ReadOnlySpan<byte> body, string secret)
    {
        Span<byte> told = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (headers(SignatureHeader) is not { } signature) return false;
        if (Convert.FromHexString(signature, told, out _, out var length) != OperationStatus.Done || length != told.Length) return false;
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, right);
        // The time lies in the body, under the signature; the header repeats it.
        return CryptographicOperations.FixedTimeEquals(told, right) && IsFresh(SentAt(headers, body));
    }

    public WebhookNote? Read(WebhookHeaders headers, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var payload = JsonText.Parse(body);
            var root = payload.RootElement;
            if (Text(root, "type") is not { } type || Text(root, "action") is not { } action) return null;
            // One that names no delivery is known by what it says.
            var id = headers(DeliveryHeader) is { Length: > 0 } told ? told : "body " + Convert.ToHexStringLower(SHA256.HashData(body.Span));
            return new WebhookNote(id, type, action, null, Text(root, "data", "identifier") ?? Text(root, "data", "team", "key"), TargetsOf(type, root));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public async Task RegisterAsync(ConnectorCredentials credentials, Uri address, string secret, CancellationToken cancellation)
    {
        var made = await api.Open(credentials).AskAsync<WebhookData>(LinearDocuments.CreateWebhook, new { url = address.AbsoluteUri, secret }, cancellation);
        if (made.WebhookCreate is not { Success: true }) throw new ConnectorException(ConnectorFault.Malformed, "Linear did not make the webhook and gave no reason.");
    }

    // Removed or changed, it is looked at again: what Linear no longer shows is gone.
    private static List<RefreshTarget> TargetsOf(string type, JsonElement root) => (type, Text(root, "data", "id")) switch
    {
        ("Issue", { } id) => [new IssueTarget(id)],
        ("Attachment", _) when (Text(root, "data", "issueId") ?? Text(root, "data", "issue", "id")) is { } issue => [new IssueTarget(issue)],
        ("Cycle", { } id) => [new CycleTarget(id)],
        ("Project", { } id) => [new ProjectTarget(id)],
        ("User", { } id) => [new AccountTarget(id)],
        _ => [],
    };

    private bool IsFresh(long? sentAt) => sentAt is { } at && Math.Abs(clock.GetUtcNow().ToUnixTimeMilliseconds() - at) <= Window.TotalMilliseconds;

    private static long? SentAt(WebhookHeaders headers, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var payload = JsonDocument.ParseValue(ref reader);
            if (payload.RootElement.ValueKind == JsonValueKind.Object && payload.RootElement.TryGetProperty("webhookTimestamp", out var time) && time.TryGetInt64(out var ms)) return ms;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
        return long.TryParse(headers(TimeHeader), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : null;
    }

    private static string? Text(JsonElement root, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(step, out root)) return null;
        return root.ValueKind == JsonValueKind.String ? root.GetString() : null;
    }
}
