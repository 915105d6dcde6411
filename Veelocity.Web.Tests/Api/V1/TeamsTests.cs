using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Pages.Settings;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

/// <summary>Teams by way of the API, and the metrics of one.</summary>
public sealed class TeamsTests(TestApp app)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_team_is_made_given_people_and_repositories_renamed_and_archived()
    {
        var (ada, repository, person) = await DeliveringAsync();
        var made = await SendAsync(ada, HttpMethod.Post, "teams", new { name = " Checkout " }, HttpStatusCode.Created);
        var id = made.GetProperty("team").GetProperty("id").GetGuid();
        Assert.Equal("Checkout", made.GetProperty("team").GetProperty("name").GetString());

        await SendAsync(ada, HttpMethod.Put, $"teams/{id}/members", new { person_ids = new[] { person } });
        var full = await SendAsync(ada, HttpMethod.Put, $"teams/{id}/repositories", new { repository_ids = new[] { repository } });
        Assert.Equal((1, 1), (full.GetProperty("members").GetArrayLength(), full.GetProperty("repositories").GetArrayLength()));
        Assert.True(full.GetProperty("members")[0].GetProperty("is_by_hand").GetBoolean());

        await SendAsync(ada, HttpMethod.Put, $"teams/{id}/name", new { name = "Payments" });
        Assert.Equal("Payments", (await ListAsync(ada, "teams")).Single().GetProperty("name").GetString());
        await SendAsync(ada, HttpMethod.Put, $"teams/{id}/members", new { person_ids = Array.Empty<Guid>() });
        await SendAsync(ada, HttpMethod.Post, $"teams/{id}/archive", null);
        Assert.Empty(await ListAsync(ada, "teams"));
        Assert.Equal(0, (await ListAsync(ada, "teams?archived=true")).Single().GetProperty("members").GetInt32());
        await SendAsync(ada, HttpMethod.Post, $"teams/{id}/restore", null);
        Assert.Single(await ListAsync(ada, "teams"));
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_what_is_another_organization_s_is_not_there()
    {
        var (ada, repository, person) = await DeliveringAsync();
        var (eve, herRepository, herPerson) = await DeliveringAsync();
        var id = (await SendAsync(ada, HttpMethod.Post, "teams", new { name = "Checkout" }, HttpStatusCode.Created)).GetProperty("team").GetProperty("id").GetGuid();
        await SendAsync(ada, HttpMethod.Post, "teams", new { name = "" }, HttpStatusCode.UnprocessableEntity);
        var taken = await SendAsync(ada, HttpMethod.Post, "teams", new { name = "checkout" }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("name_taken", taken.GetProperty("code").GetString());
        await SendAsync(eve, HttpMethod.Post, "teams", new { name = "Checkout" }, HttpStatusCode.Created);

        await SendAsync(ada, HttpMethod.Put, $"teams/{id}/members", new { person_ids = new[] { person, herPerson } }, HttpStatusCode.NotFound);
        await SendAsync(ada, HttpMethod.Put, $"teams/{id}/repositories", new { repository_ids = new[] { repository, herRepository } }, HttpStatusCode.NotFound);
        await SendAsync(ada, HttpMethod.Put, $"teams/{id}/services", new { service_ids = new[] { Service.IdOf(herRepository) } }, HttpStatusCode.NotFound);
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, "", null), (HttpMethod.Put, "/name", new { name = "Mine" }), (HttpMethod.Post, "/archive", null),
            (HttpMethod.Put, "/members", new { person_ids = new[] { herPerson } }), (HttpMethod.Get, "/suggestions", null),
        })
            await SendAsync(eve, method, $"teams/{id}{path}", body, HttpStatusCode.NotFound);
        var team = (await ListAsync(ada, "teams")).Single();
        Assert.Equal(("Checkout", 0, 0), (team.GetProperty("name").GetString(), team.GetProperty("members").GetInt32(), team.GetProperty("repositories").GetInt32()));
    }

    [Fact]
    public async Task A_viewer_sees_teams_and_changes_none()
    {
        var (ada, _, _) = await DeliveringAsync(Role.Viewer);
        Assert.Empty(await ListAsync(ada, "teams"));
        await SendAsync(ada, HttpMethod.Post, "teams", new { name = "Checkout" }, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task M18_to_M24_every_metric_is_asked_for_one_team_and_team_by_team_and_a_foreign_team_is_rejected()
    {
        var (ada, repository, _) = await DeliveringAsync();
        var (eve, _, _) = await DeliveringAsync();
        var id = (await SendAsync(ada, HttpMethod.Post, "teams", new { name = "Checkout" }, HttpStatusCode.Created)).GetProperty("team").GetProperty("id").GetGuid();
        const string Frequency = "metrics/dora/deployment-frequency";
        var all = (await ada.Api.GetFromJsonAsync<JsonElement>(Frequency, Stop)).GetProperty("total").GetInt32();
        Assert.True(all > 0);
        Assert.Null(await TotalAsync(ada, $"{Frequency}?team_id={id}"));
        Assert.Equal(all, await TotalAsync(ada, $"{Frequency}?team_id={Guid.Empty}"));

        await SendAsync(ada, HttpMethod.Put, $"teams/{id}/repositories", new { repository_ids = new[] { repository } });
        Assert.Equal(all, await TotalAsync(ada, $"{Frequency}?team_id={id}"));
        Assert.Null(await TotalAsync(ada, $"{Frequency}?team_id={Guid.Empty}"));
        Assert.Equal(all, await TotalAsync(ada, $"{Frequency}/items?team_id={id}"));
        await SendAsync(eve, HttpMethod.Get, $"{Frequency}?team_id={id}", null, HttpStatusCode.UnprocessableEntity);
        foreach (var metric in new[] { "deployment-frequency", "lead-time", "change-failure-rate", "rework-rate" })
        {
            var groups = (await ada.Api.GetFromJsonAsync<JsonElement>($"metrics/dora/{metric}?group_by=team", Stop)).GetProperty("groups").EnumerateArray().ToList();
            Assert.Equal((id.ToString(), "Checkout"), (Assert.Single(groups).GetProperty("key").GetString(), groups[0].GetProperty("label").GetString()));
        }
        Assert.Empty((await ada.Api.GetFromJsonAsync<JsonElement>("metrics/dora/mttr?group_by=team", Stop)).GetProperty("groups").EnumerateArray());
    }

    private static async Task<int?> TotalAsync(Someone member, string path) =>
        (await member.Api.GetFromJsonAsync<JsonElement>(path, Stop)).GetProperty("total").Deserialize<int?>();

    private static async Task<List<JsonElement>> ListAsync(Someone member, string path) =>
        [.. (await member.Api.GetFromJsonAsync<JsonElement>(path, Stop)).GetProperty("items").EnumerateArray()];

    private static async Task<JsonElement> SendAsync(Someone member, HttpMethod method, string path, object? body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await member.Api.SendAsync(request, Stop);
        Assert.True(expected == answer.StatusCode, $"{method} {path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Stop)}");
        return await answer.Content.ReadAsStringAsync(Stop) is { Length: > 0 } json ? JsonDocument.Parse(json).RootElement : default;
    }

    private async Task<(Someone Member, Guid Repository, Guid Person)> DeliveringAsync(Role role = Role.Admin)
    {
        var (ada, id) = await GitHubApp.MemberAsync(app, role);
        await using var db = app.Database.Open();
        db.OrganizationId = id;
        var repository = DeliveringRepository.Add(db, id);
        await db.SaveChangesAsync(Stop);
        await app.Services.GetRequiredService<Linker>().LinkAsync(id, null, Stop);
        return (ada, repository, db.People.First().Id);
    }
}
