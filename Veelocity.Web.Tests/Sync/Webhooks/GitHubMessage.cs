using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Veelocity.Web.Tests.Sync.Webhooks;

/// <summary>A webhook message as GitHub sends it, or, where a test changes it, as it does not.</summary>
internal sealed record GitHubMessage(string Event, object Payload)
{
    public string DeliveryId { get; init; } = Guid.NewGuid().ToString();

    public bool IsForm { get; init; }

    /// <summary>In place of the payload.</summary>
    public string? Text { get; init; }

    public static GitHubMessage Ping => new("ping", new { zen = "Keep it logically awesome.", hook_id = 1 });

    public static object Repository(string id, string fullName = "acme/shop") => new { id = long.Parse(id, System.Globalization.CultureInfo.InvariantCulture), full_name = fullName, default_branch = "main" };

    public HttpRequestMessage To(Uri address, string? secret)
    {
        var text = Text ?? JsonSerializer.Serialize(Payload);
        var body = Encoding.UTF8.GetBytes(IsForm ? "payload=" + Uri.EscapeDataString(text) : text);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(IsForm ? "application/x-www-form-urlencoded" : "application/json");
        request.Headers.ExpectContinue = body.Length > 1_000_000;
        request.Headers.Add("X-GitHub-Event", Event);
        request.Headers.Add("X-GitHub-Delivery", DeliveryId);
        if (secret is not null)
            request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        return request;
    }
}
