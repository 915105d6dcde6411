using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Veelocity.Simulator.Slack;

/// <summary>Sends events to the address of the app, signed as Slack signs them; can send twice, in disorder, or with a wrong signature.</summary>
public sealed class SlackEvents : IDisposable
{
    private readonly Workspace _workspace;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http = new();
    private readonly ConcurrentBag<Task> _underWay = [];
    private int _lastId;

    public SlackEvents(Workspace workspace, TimeProvider clock)
    {
        (_workspace, _clock) = (workspace, clock);
        workspace.Listen(told =>
        {
            if (Address is null) return;
            var body = new JsonObject { ["type"] = "event_callback", ["team_id"] = workspace.TeamId, ["event_id"] = $"Ev{Interlocked.Increment(ref _lastId):D8}", ["event"] = told.DeepClone() }.ToJsonString();
            for (var copy = 0; copy < Copies; copy++) _underWay.Add(SendAsync(body));
        });
    }

    /// <summary>Where events go; null sends none.</summary>
    public Uri? Address { get; set; }

    public int Copies { get; set; } = 1;

    /// <summary>Each waits by chance up to so long: they overtake each other.</summary>
    public int ShuffleMilliseconds { get; set; }

    /// <summary>How many of the last answers were of each status.</summary>
    public ConcurrentBag<int> Statuses { get; } = [];

    /// <summary>Asks the address to prove itself, as Slack does when it is entered; answers what came back.</summary>
    public async Task<(int Status, string Body)> VerifyAsync(Uri address, string? secret = null)
    {
        using var answer = await PostAsync(address, JsonSerializer.Serialize(new { type = "url_verification", token = "t", challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P" }), secret ?? _workspace.SigningSecret, _clock.GetUtcNow());
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sends any body, signed with any secret at any time.</summary>
    public Task<HttpResponseMessage> PostAsync(Uri address, string body, string secret, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{time}:{body}"));
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Slack-Request-Timestamp", time);
        request.Headers.Add("X-Slack-Signature", $"v0={Convert.ToHexStringLower(signature)}");
        return _http.SendAsync(request);
    }

    /// <summary>All that was sent has been answered.</summary>
    public Task SettleAsync() => Task.WhenAll(_underWay);

    public void Dispose() => _http.Dispose();

    private async Task SendAsync(string body)
    {
        if (ShuffleMilliseconds > 0) await Task.Delay(RandomNumberGenerator.GetInt32(ShuffleMilliseconds));
        try
        {
            using var answer = await PostAsync(Address!, body, _workspace.SigningSecret, _clock.GetUtcNow());
            Statuses.Add((int)answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            Statuses.Add(0);
        }
    }
}
