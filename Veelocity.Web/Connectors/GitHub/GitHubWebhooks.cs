using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Checks and reads GitHub's webhook deliveries, JSON and form-encoded.</summary>
internal sealed class GitHubWebhooks : IWebhookSource
{
    private const string SignatureHeader = "X-Hub-Signature-256";
    private const string SignaturePrefix = "sha256=";

    public string Kind => GitHubConnector.Kind;

    public bool HasProof(WebhookHeaders headers) => headers(SignatureHeader) is { Length: > 0 };

    public bool IsProven(WebhookHeaders headers, ReadOnlySpan<byte> body, string secret)
    {
        Span<byte> told = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (headers(SignatureHeader) is not { } signature || !signature.StartsWith(SignaturePrefix, StringComparison.Ordinal)) return false;
        if (Convert.FromHexString(signature.AsSpan(SignaturePrefix.Length), told, out _, out var length) != OperationStatus.Done) return false;
        if (length != told.Length) return false;
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, right);
        return CryptographicOperations.FixedTimeEquals(told, right);
    }

    public WebhookNote? Read(WebhookHeaders headers, ReadOnlyMemory<byte> body)
    {
        if (headers("X-GitHub-Delivery") is not { Length: > 0 } delivery || headers("X-GitHub-Event") is not { Length: > 0 } name) return null;
        try
        {
            using var payload = JsonText.Parse(JsonIn(headers("Content-Type"), body));
            var root = payload.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            return new WebhookNote(
                delivery, name, Text(root, "action"), Number(root, "repository", "id")?.ToString(CultureInfo.InvariantCulture),
                Text(root, "repository", "full_name"), TargetsOf(name, root))
            {
                IsGreeting = name == "ping",
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte> JsonIn(string? contentType, ReadOnlyMemory<byte> body)
    {
        if (contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true) return body;
        return Encoding.UTF8.GetBytes(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span))["payload"].ToString());
    }

    // A merge and a deployment make a number only with the commits they brought, whose own push may come later or never.
    private static List<RefreshTarget> TargetsOf(string name, JsonElement root) => name switch
    {
        "pull_request" or "pull_request_review" when Number(root, "pull_request", "number") is { } number =>
            Find(root, "pull_request", "merged") is { ValueKind: JsonValueKind.True }
                ? [new PullRequestTarget((int)number), new CommitsTarget()]
                : [new PullRequestTarget((int)number)],
        "workflow_run" when Number(root, "workflow_run", "id") is { } run => [new RunTarget(run)],
        "deployment" or "deployment_status" when Text(root, "deployment", "node_id") is { } node => [new DeploymentTarget(node), new CommitsTarget()],
        "push" when Text(root, "repository", "default_branch") is { } branch && Text(root, "ref") == $"refs/heads/{branch}" => [new CommitsTarget()],
        "push" when Text(root, "ref")?.StartsWith("refs/tags/", StringComparison.Ordinal) == true => [new ReleasesTarget()],
        "release" => [new ReleasesTarget()],
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

    private static long? Number(JsonElement root, params ReadOnlySpan<string> path) =>
        Find(root, path) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var number) ? number : null;
}
