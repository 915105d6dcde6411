using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Veelocity.Web.Tests.Connectors;

/// <summary>A server that answers every request with what the test says, for shapes that no well-behaved server has.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private StubServer(Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(http =>
        {
            Authorizations.Add(http.Request.Headers.Authorization.ToString());
            return answer(http, Interlocked.Increment(ref _requests));
        });
    }

    public Uri Address => new(_app.Urls.First() + "/");
    public int Requests => _requests;
    public List<string> Authorizations { get; } = [];

    /// <param name="answer">Gets the request and its number, from 1.</param>
    public static async Task<StubServer> StartAsync(Func<HttpContext, int, Task> answer)
    {
        var server = new StubServer(answer);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public static Task<StubServer> StartAsync(int status, string body, params (string Name, string Value)[] headers) =>
        StartAsync((http, _) => WriteAsync(http, status, body, headers));

    public static Task WriteAsync(HttpContext http, int status, string body, params (string Name, string Value)[] headers)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        foreach (var (name, value) in headers)
            http.Response.Headers[name] = value;
        return http.Response.WriteAsync(body, http.RequestAborted);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
