using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Veelocity.Web.Tests.Connectors;

namespace Veelocity.Web.Tests.Simulator.Webhooks;

/// <summary>What arrived at the receiving end.</summary>
internal sealed record Received(string Event, string Delivery, string HookId, string Target, string Agent, string ContentType, string Signature, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public bool IsSignedWith(string secret) => Signature == "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Body));
}

/// <summary>A real server that webhooks are sent to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private StubServer _server = null!;

    public ConcurrentQueue<Received> Got { get; } = new();

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = 202;

    public Uri Address => new(_server.Address, "hooks/github");

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        receiver._server = await StubServer.StartAsync(async (http, _) => await receiver.Take(http));
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        string Header(string name) => http.Request.Headers[name].ToString();
        Got.Enqueue(new Received(
            Header("X-GitHub-Event"), Header("X-GitHub-Delivery"), Header("X-GitHub-Hook-ID"), Header("X-GitHub-Hook-Installation-Target-Type"),
            Header("User-Agent"), Header("Content-Type"), Header("X-Hub-Signature-256"), body.ToArray()));
        http.Response.StatusCode = Status;
    }
}
