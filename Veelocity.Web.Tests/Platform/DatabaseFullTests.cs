using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Platform;

/// <summary>What docs/operate.md says that people see while the database's disk is full.</summary>
public sealed class DatabaseFullTests : IAsyncLifetime
{
    private readonly TestApp app = new();
    private readonly CancellationToken now = TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Reading_goes_on_saving_says_that_it_failed_and_works_again_once_there_is_room()
    {
        var someone = await app.SomeoneAsync();
        var slug = (await someone.FoundAsync("Acme")).GetProperty("slug").GetString()!;
        using var browser = app.Browser();
        await browser.SignInAsync(someone);
        (string, string)[] later = [("Name", "Acme Later"), ("TimeZone", "Europe/Paris")];

        await using (await FullDisk.FillAsync(app.Database.ConnectionString))
        {
            foreach (var path in new[] { $"/o/{slug}", $"/o/{slug}/dora", $"/o/{slug}/settings/organization" })
                Assert.Equal((path, HttpStatusCode.OK), (path, (await browser.GetAsync(path)).Status));
            Assert.Equal(HttpStatusCode.OK, (await someone.Api.GetAsync(new Uri("metrics/dora", UriKind.Relative), now)).StatusCode);

            var page = await browser.SubmitAsync("/organizations/new", later);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
            Assert.Contains("What was being saved may not have been", page.Text, StringComparison.Ordinal);

            using var answer = await someone.Api.PostAsJsonAsync("organizations", new { name = "Acme Later", time_zone = "Europe/Paris" }, now);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("database_unavailable", (await answer.Content.ReadFromJsonAsync<JsonElement>(now)).GetProperty("code").GetString());
        }

        var founded = await browser.SubmitAsync("/organizations/new", later);
        Assert.Contains("Acme Later", (await browser.FollowAsync(founded)).Text, StringComparison.Ordinal);
        Assert.Equal(2, (await someone.Api.GetFromJsonAsync<JsonElement>("organizations", now)).GetProperty("total").GetInt32());
    }
}
