using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Veelocity.Web.Api;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Tests.Api.V1;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api;

/// <summary>What every resource of an organization inherits, seen on a resource of the tests' own in a second instance of the app.</summary>
public sealed class OrganizationGroupTests(TestApp app) : IAsyncLifetime
{
    private WebApplication second = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddPlatform().AddVeelocityData(app.Database.ConnectionString).AddOrganizations().AddApi();
        builder.Services.AddRazorPages();
        second = builder.Build();
        second.Urls.Add("http://127.0.0.1:0");
        second.UsePlatform();
        second.UseOrganizations();
        var trial = second.MapGroup("/api/v1").MapOrganizationGroup("/trial");
        trial.MapGet("/", (CurrentOrganization organization) => organization.Slug);
        trial.MapGet("/connections", (VeelocityDb db) => db.Connections.Select(c => c.OrganizationId).ToListAsync());
        trial.MapGet("/connectors", () => "connected").Requires(Permission.ManageConnectors);
        trial.MapGet("/refused", IResult () => throw new Refused("The last Admin stays.", "last_admin"));
        trial.MapGet("/refused-field", IResult () => throw new Refused("This token has expired.", "token_expired") { Field = "AccessToken" });
        trial.MapGet("/bug", IResult () => throw new InvalidOperationException("the secret is 42"));
        await second.StartAsync();
    }

    public ValueTask DisposeAsync() => second.DisposeAsync();

    [Fact]
    public async Task With_one_organization_the_header_may_be_left_out()
    {
        var ada = await app.SomeoneAsync();
        var slug = (await ada.FoundAsync("Only one")).GetProperty("slug").GetString();
        Assert.Equal((HttpStatusCode.OK, slug), await ReadAsync(ada, "trial"));
    }

    [Fact]
    public async Task With_several_organizations_the_header_names_one_by_id_or_slug()
    {
        var ada = await app.SomeoneAsync();
        var one = await ada.FoundAsync("One of several");
        await ada.FoundAsync("Other of several");
        using (var none = await GetAsync(ada, "trial"))
            await AuthTests.AssertProblemAsync(none, HttpStatusCode.BadRequest, "organization_required");
        var slug = one.GetProperty("slug").GetString()!;
        Assert.Equal((HttpStatusCode.OK, slug), await ReadAsync(ada, "trial", slug));
        Assert.Equal((HttpStatusCode.OK, slug), await ReadAsync(ada, "trial", one.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Without_any_organization_the_answer_says_how_to_get_one()
    {
        using var answer = await GetAsync(await app.SomeoneAsync(), "trial");
        var problem = await AuthTests.AssertProblemAsync(answer, HttpStatusCode.BadRequest, "organization_required");
        Assert.Contains("POST /api/v1/organizations", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strangers_organization_in_the_header_is_a_404()
    {
        var (ada, eve) = (await app.SomeoneAsync(), await app.SomeoneAsync());
        await eve.FoundAsync("Own");
        var theirs = (await ada.FoundAsync("Theirs")).GetProperty("slug").GetString();
        using var answer = await GetAsync(eve, "trial", theirs);
        await AuthTests.AssertProblemAsync(answer, HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Queries_see_the_named_organizations_rows_only()
    {
        var ada = await app.SomeoneAsync();
        var one = (await ada.FoundAsync("Rows of one")).GetProperty("id").GetGuid();
        var other = (await ada.FoundAsync("Rows of other")).GetProperty("id").GetGuid();
        await using (var db = app.Database.Open())
        {
            db.AddRange(new Connection { OrganizationId = one, Kind = "github" }, new Connection { OrganizationId = other, Kind = "github" });
            await db.SaveChangesAsync(Now);
        }
        Assert.Equal((HttpStatusCode.OK, $"[\"{one}\"]"), await ReadAsync(ada, "trial/connections", one.ToString()));
        Assert.Equal((HttpStatusCode.OK, $"[\"{other}\"]"), await ReadAsync(ada, "trial/connections", other.ToString()));
    }

    [Theory]
    [InlineData(Role.Viewer, HttpStatusCode.Forbidden)]
    [InlineData(Role.Manager, HttpStatusCode.Forbidden)]
    [InlineData(Role.Admin, HttpStatusCode.OK)]
    public async Task A_permission_is_asked_of_the_role_at_every_request(Role role, HttpStatusCode status)
    {
        var ada = await app.SomeoneAsync();
        var id = (await ada.FoundAsync("Roles")).GetProperty("id").GetGuid();
        await using (var db = app.Database.Open())
            await db.Memberships.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(m => m.OrganizationId == id)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, role), Now);
        Assert.Equal(HttpStatusCode.OK, (await ReadAsync(ada, "trial")).Status);
        using var answer = await GetAsync(ada, "trial/connectors");
        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.Forbidden)
            await AuthTests.AssertProblemAsync(answer, HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_refused_rule_is_a_409_with_its_own_code_and_a_refused_field_a_422()
    {
        var ada = await app.SomeoneAsync();
        await ada.FoundAsync("Rules");
        using var refused = await GetAsync(ada, "trial/refused");
        var problem = await AuthTests.AssertProblemAsync(refused, HttpStatusCode.Conflict, "last_admin");
        Assert.Equal("The last Admin stays.", problem.GetProperty("detail").GetString());
        using var field = await GetAsync(ada, "trial/refused-field");
        var invalid = await AuthTests.AssertProblemAsync(field, HttpStatusCode.UnprocessableEntity, "token_expired");
        Assert.Equal("This token has expired.", invalid.GetProperty("errors").GetProperty("access_token")[0].GetString());
    }

    [Fact]
    public async Task A_bug_answers_a_trace_id_and_nothing_of_its_inside()
    {
        var ada = await app.SomeoneAsync();
        await ada.FoundAsync("Bugs");
        using var answer = await GetAsync(ada, "trial/bug");
        var problem = await AuthTests.AssertProblemAsync(answer, HttpStatusCode.InternalServerError, "internal_error");
        Assert.NotEqual("", problem.GetProperty("trace_id").GetString());
        Assert.DoesNotContain("42", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string? Body)> ReadAsync(Someone someone, string path, string? organization = null)
    {
        using var answer = await GetAsync(someone, path, organization);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Now));
    }

    // The token came from the first instance.
    private async Task<HttpResponseMessage> GetAsync(Someone someone, string path, string? organization = null)
    {
        using var client = new HttpClient { BaseAddress = new Uri(second.Urls.First() + "/api/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", someone.Token);
        if (organization is not null)
            client.DefaultRequestHeaders.Add("X-Organization", organization);
        return await client.GetAsync(new Uri(path, UriKind.Relative), Now);
    }
}
