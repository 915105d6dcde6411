using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Slack;

/// <summary>Checks and reads what Slack's Events API sends.</summary>
internal sealed class SlackWebhooks(TimeProvider clock) : IWebhookSource
{
    private const string SignatureHeader = "X-Slack-Signature";
    private const string TimeHeader = "X-Slack-Request-Timestamp";
    private const string SignaturePrefix = "v0=";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public string Kind => SlackConnector.Kind;

    public bool HasProof(WebhookHeaders headers) => headers(SignatureHeader) is { Length: > 0 } && headers(TimeHeader) is { Length: > 0 };

    public bool IsProven(WebhookHeaders headers, ReadOnlySpan<byte> body, string secret)
    {
        Span<byte> told = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (headers(SignatureHeader) is not { } signature || !signature.StartsWith(SignaturePrefix, StringComparison.Ordinal)) return false;
        if (!long.TryParse(headers(TimeHeader), NumberStyles.None, CultureInfo.InvariantCulture, out var sentAt)) return false;
        if (Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - sentAt) > Window.TotalSeconds) return false;
        if (Convert.FromHexString(signature.AsSpan(SignaturePrefix.Length), told, out _, out var length) != OperationStatus.Done || length != told.Length) return false;
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"v0:{sentAt}:")));
        hash.AppendData(body);
        hash.GetHashAndReset(right);
        return CryptographicOperations.FixedTimeEquals(told, right);
    }

    public WebhookNote? Read(WebhookHeaders headers, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var payload = JsonText.Parse(body);
            var root = payload.RootElement;
            return Text(root, "type") switch
            {
                "url_verification" when Text(root, "challenge") is { } challenge =>
                    new WebhookNote($"challenge {challenge}", "url_verification", null, null, null, []) { IsGreeting = true, Reply = challenge },
                "event_callback" when Text(root, "event_id") is { } id && Find(root, "event") is { } told && Text(told, "type") is { } name =>
                    new WebhookNote(id, name, Text(told, "subtype"), ChannelOf(told), null, TargetsOf(name, told)),
                "app_rate_limited" => new WebhookNote($"limited {headers(TimeHeader)}", "app_rate_limited", null, null, null, []),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? ChannelOf(JsonElement told) => Text(told, "channel") ?? Text(told, "channel", "id") ?? Text(told, "item", "channel");

    private static List<RefreshTarget> TargetsOf(string name, JsonElement told) => name switch
    {
        "message" => Text(told, "subtype") switch
        {
            "message_changed" or "message_replied" when (Text(told, "message", "thread_ts") ?? Text(told, "message", "ts")) is { } ts => [new ThreadTarget(ts)],
            "message_deleted" when (Text(told, "previous_message", "thread_ts") ?? Text(told, "deleted_ts")) is { } ts => [new ThreadTarget(ts)],
            _ => (Text(told, "thread_ts") ?? Text(told, "ts")) is { } ts ? [new ThreadTarget(ts)] : [],
        },
        "reaction_added" or "reaction_removed" when Text(told, "item", "type") == "message" && Text(told, "item", "ts") is { } ts
            && Text(told, "reaction") is { } emoji && Text(told, "user") is { } user && Text(told, "event_ts") is { } at =>
            [new ReactionTarget(ts, SlackNames.WithoutSkin(emoji), user, at, name == "reaction_removed")],
        "channel_rename" or "channel_archive" or "channel_unarchive" => [new ChannelTarget()],
        "tokens_revoked" or "app_uninstalled" => [new CredentialsTarget()],
        _ => [],
    };

    private static JsonElement? Find(JsonElement root, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(step, out root)) return null;
        return root;
    }

    private static string? Text(JsonElement root, params ReadOnlySpan<string> path) =>
        Find(root, path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;
}
