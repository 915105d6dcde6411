using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Veelocity.Simulator.Linear;

/// <summary>Sends webhooks, signed as Linear signs them; can send twice, late, or with a wrong signature.</summary>
public sealed class LinearHooks : IDisposable
{
    private readonly LinearWorkspace _workspace;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http = new();
    private readonly ConcurrentBag<Task> _underWay = [];

    public LinearHooks(LinearWorkspace workspace, TimeProvider clock)
    {
        (_workspace, _clock) = (workspace, clock);
        workspace.Listen(news =>
        {
            if (Address is null) return;
            var body = BodyOf(news, _clock.GetUtcNow());
            var delivery = Guid.NewGuid().ToString();
            for (var copy = 0; copy < Copies; copy++) _underWay.Add(SendAsync(body, delivery, news.Type));
        });
    }

    /// <summary>Where they go; null sends none.</summary>
    public Uri? Address { get; set; }

    public int Copies { get; set; } = 1;

    /// <summary>How the last ones were answered.</summary>
    public ConcurrentBag<int> Statuses { get; } = [];

    /// <summary>What a webhook says.</summary>
    public static string BodyOf(LinearNews news, DateTimeOffset at)
    {
        var data = new JsonObject { ["id"] = news.Of.Id, ["updatedAt"] = Iso.Text(news.Of.UpdatedAt) };
        switch (news.Of)
        {
            case LinearIssue issue:
                (data["identifier"], data["title"], data["teamId"]) = (issue.Identifier, issue.Title, issue.Team.Id);
                data["state"] = new JsonObject { ["id"] = issue.State.Id, ["name"] = issue.State.Name, ["type"] = issue.State.Type };
                break;
            case LinearAttachment attachment:
                (data["issueId"], data["url"]) = (attachment.Issue.Id, attachment.Url);
                break;
        }
        return new JsonObject
        {
            ["action"] = news.Action,
            ["type"] = news.Type,
            ["createdAt"] = Iso.Text(at),
            ["data"] = data,
            ["organizationId"] = "organization",
            ["webhookTimestamp"] = at.ToUnixTimeMilliseconds(),
            ["webhookId"] = "webhook-1",
        }.ToJsonString();
    }

    /// <summary>Sends any body, signed with any secret.</summary>
    public Task<HttpResponseMessage> PostAsync(Uri address, string body, string secret, string delivery, string type = "Issue")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Linear-Delivery", delivery);
        request.Headers.Add("Linear-Event", type);
        request.Headers.Add("Linear-Timestamp", _clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Linear-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body))));
        return _http.SendAsync(request);
    }

    /// <summary>All that was sent has been answered.</summary>
    public Task SettleAsync() => Task.WhenAll(_underWay);

    public void Dispose() => _http.Dispose();

    private async Task SendAsync(string body, string delivery, string type)
    {
        try
        {
            using var answer = await PostAsync(Address!, body, _workspace.SigningSecret, delivery, type);
            Statuses.Add((int)answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            Statuses.Add(0);
        }
    }
}
