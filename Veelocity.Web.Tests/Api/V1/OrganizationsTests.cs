using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

public sealed class OrganizationsTests(TestApp app)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_creates_an_organization_is_its_admin()
    {
        var ada = await app.SomeoneAsync();
        using var created = await ada.Api.PostAsJsonAsync("organizations", new { name = "Engines & Co", time_zone = "Europe/London" }, Now);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var organization = await created.Content.ReadFromJsonAsync<JsonElement>(Now);
        Assert.Equal(("admin", "Europe/London"), (organization.GetProperty("role").GetString(), organization.GetProperty("time_zone").GetString()));
        Assert.EndsWith("Z", organization.GetProperty("created_at").GetString(), StringComparison.Ordinal);

        var read = await ada.Api.GetFromJsonAsync<JsonElement>(created.Headers.Location, Now);
        Assert.Equal(organization.GetProperty("id").GetGuid(), read.GetProperty("id").GetGuid());
        var members = await ada.Api.GetFromJsonAsync<JsonElement>($"organizations/{read.GetProperty("id").GetGuid()}/members", Now);
        Assert.Equal(1, members.GetProperty("total").GetInt32());
        Assert.Equal((ada.Email, "admin"), (members.GetProperty("items")[0].GetProperty("email").GetString(), members.GetProperty("items")[0].GetProperty("role").GetString()));
    }

    [Fact]
    public async Task A_list_is_cut_into_pages_and_counted()
    {
        var ada = await app.SomeoneAsync();
        foreach (var name in new[] { "A", "B", "C" })
            await ada.FoundAsync(name);
        var second = await ada.Api.GetFromJsonAsync<JsonElement>("organizations?page=2&per_page=2", Now);
        Assert.Equal(
            (2, 2, 3, "C"),
            (second.GetProperty("page").GetInt32(), second.GetProperty("per_page").GetInt32(), second.GetProperty("total").GetInt32(), second.GetProperty("items")[0].GetProperty("name").GetString()));

        using var tooMany = await ada.Api.GetAsync(new Uri("organizations?per_page=101", UriKind.Relative), Now);
        var problem = await AuthTests.AssertProblemAsync(tooMany, HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.True(problem.GetProperty("errors").TryGetProperty("per_page", out _));
    }

    [Fact]
    public async Task Anothers_organization_is_as_unknown_as_one_that_does_not_exist()
    {
        var (ada, eve) = (await app.SomeoneAsync(), await app.SomeoneAsync());
        var theirs = (await ada.FoundAsync("Hidden")).GetProperty("id").GetGuid();
        await eve.FoundAsync("Own");
        foreach (var path in new[] { $"organizations/{theirs}", $"organizations/{theirs}/members", $"organizations/{Guid.NewGuid()}", "organizations/nothing" })
        {
            using var answer = await eve.Api.GetAsync(new Uri(path, UriKind.Relative), Now);
            await AuthTests.AssertProblemAsync(answer, HttpStatusCode.NotFound, "not_found");
        }
        var own = await eve.Api.GetFromJsonAsync<JsonElement>("organizations", Now);
        Assert.Equal("Own", Assert.Single(own.GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_name_is_required_and_the_time_zone_must_exist()
    {
        var ada = await app.SomeoneAsync();
        using var answer = await ada.Api.PostAsJsonAsync("organizations", new { name = " ", time_zone = "Mars/Olympus" }, Now);
        var problem = await AuthTests.AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(["name", "time_zone"], problem.GetProperty("errors").EnumerateObject().Select(f => f.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_openapi_document_sums_up_every_operation_and_its_errors()
    {
        using var client = new HttpClient { BaseAddress = app.Address };
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Now);
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (path.Name, operation.Value))).ToArray();
        Assert.Contains(operations, o => o.Name == "/api/v1/auth/login");
        Assert.All(operations, o => Assert.True(o.Value.TryGetProperty("summary", out _), o.Name));
        var members = document.GetProperty("paths").GetProperty("/api/v1/organizations/{id}/members").GetProperty("get").GetProperty("responses");
        Assert.True(members.TryGetProperty("401", out _) && members.TryGetProperty("404", out _));
        var schema = document.GetProperty("components").GetProperty("schemas").GetProperty("TokenAnswer").GetProperty("properties");
        Assert.Equal("integer", schema.GetProperty("expires_in").GetProperty("type").GetString());
    }
}
