using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Veelocity.Web.Tests.Web;

/// <summary>
/// Stands in for GitHub, Slack and Linear when a test simulates none of them: one shared server that rejects every token.
/// Without it, requests would go to the real providers, or be retried for seconds where there is no network.
/// </summary>
internal static class NoProvider
{
    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    public static Task<string> AddressAsync() => Started.Value;

    private static async Task<string> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(http =>
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return http.Response.WriteAsJsonAsync(new { message = "Bad credentials", ok = false, error = "invalid_auth" });
        });
        await app.StartAsync();
        return app.Urls.First() + "/";
    }
}
