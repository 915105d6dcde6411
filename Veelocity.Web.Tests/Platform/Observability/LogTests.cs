using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Platform.Observability;

public sealed class LogTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_json_every_line_is_an_object_with_the_trace_and_who_was_asking_for_whom()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var process = AppProcess.Start(
            ("ConnectionStrings__Veelocity", database.ConnectionString), ("Veelocity__Observability__Logs", "Json"),
            ("Logging__LogLevel__Microsoft.AspNetCore.Authorization", "Information"), ("Logging__LogLevel__Veelocity", "Debug"),
            ("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Information"), ("Logging__LogLevel__Microsoft.AspNetCore.Routing.EndpointMiddleware", "Information"));
        var address = await AddressAsync(process);
        using var client = new HttpClient { BaseAddress = new Uri(address, "api/v1/") };
        using var registered = await client.PostAsJsonAsync("auth/register", new { email = "ada@example.com", password = "correct horse battery", full_name = "Ada" }, Now);
        using var signedIn = await client.PostAsJsonAsync("auth/login", new { email = "ada@example.com", password = "correct horse battery" }, Now);
        var token = (await signedIn.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("access_token").GetString();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var founded = await client.PostAsJsonAsync("organizations", new { name = "Acme", time_zone = "Europe/Paris" }, Now);
        var organizationId = (await founded.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("id").GetString();
        using var seen = await client.GetAsync(new Uri($"organizations/{organizationId}", UriKind.Relative), Now);
        seen.EnsureSuccessStatusCode();

        var line = await UntilAsync(process, text => text.Contains($"\"OrganizationId\":\"{organizationId}\"", StringComparison.Ordinal) && text.Contains("\"UserId\"", StringComparison.Ordinal));
        Assert.Contains("\"TraceId\"", line, StringComparison.Ordinal);
        foreach (var text in process.Output.Split('\n').Where(text => text.Length > 0))
            Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(text).RootElement.ValueKind);
    }

    private static async Task<Uri> AddressAsync(AppProcess process)
    {
        var line = await UntilAsync(process, text => text.Contains("Veelocity is ready: ", StringComparison.Ordinal));
        return new Uri(JsonDocument.Parse(line).RootElement.GetProperty("State").GetProperty("Address").GetString()!);
    }

    private static Task<string> UntilAsync(AppProcess process, Func<string, bool> isIt) =>
        Wait.ForAsync(() => Task.FromResult(process.Output.Split('\n').FirstOrDefault(isIt)), () => $"No such line: {process.Output}");
}
