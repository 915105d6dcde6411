using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Veelocity.Web.Tests.Web;

/// <summary>
/// What the app asks when a test names no simulated GitHub, Slack or Linear: one server for all, which rejects every token immediately. The real
/// ones would get what the tests make up, and where there is no network each question to them takes seconds of retries.
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
