using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

public sealed class IncidentMergesApiTests(GitHubApp github) : IClassFixture<GitHubApp>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M23_members_merge_incidents_split_them_and_undo_it()
    {
        var (ada, organization) = await github.MemberAsync(Role.Manager);
        var start = DateTimeOffset.UtcNow.AddHours(-5);
        var first = await EnterAsync(ada,
            new { title = "Checkout fails", started_at = start, resolved_at = start.AddHours(1) });
        var second = await EnterAsync(ada,
            new { title = "Alert 42", started_at = start.AddHours(-1), resolved_at = start.AddHours(2) });

        using var merged = await ada.Api.PostAsJsonAsync($"incidents/{second}/merge", new { into_id = first }, Now);
        Assert.Equal(first, (await JsonAsync(merged)).GetProperty("merged_into_id").GetGuid());
        var recovery = await ada.Api.GetFromJsonAsync<JsonElement>("metrics/dora/mttr", Now);
        Assert.Equal((1, 3 * 3600),
            (recovery.GetProperty("count").GetInt32(), Math.Round(recovery.GetProperty("mean").GetDouble())));
        Assert.Equal(1,
            (await ada.Api.GetFromJsonAsync<JsonElement>("incidents", Now)).GetProperty("total").GetInt32());
        Assert.Equal(second, (await ada.Api.GetFromJsonAsync<JsonElement>($"incidents/{first}/merged", Now)).GetProperty("items")[0].GetProperty("id").GetGuid());

        using var split = await ada.Api.PostAsync(new Uri($"incidents/{second}/split", UriKind.Relative), null, Now);
        Assert.Equal(JsonValueKind.Null, (await JsonAsync(split)).GetProperty("merged_into_id").ValueKind);
        recovery = await ada.Api.GetFromJsonAsync<JsonElement>("metrics/dora/mttr", Now);
        Assert.Equal((2, 2 * 3600),
            (recovery.GetProperty("count").GetInt32(), Math.Round(recovery.GetProperty("mean").GetDouble())));

        using var undone = await ada.Api.PostAsync(new Uri($"incidents/{second}/merge-by-rule", UriKind.Relative), null, Now);
        using var again = await ada.Api.PostAsync(new Uri($"incidents/{second}/merge-by-rule", UriKind.Relative), null, Now);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (undone.StatusCode, again.StatusCode));
        await using var db = github.App.Database.Open();
        var audit = await db.AuditEntries.IgnoreQueryFilters().Where(a => a.OrganizationId == organization)
            .Select(a => a.Action).ToListAsync(Now);
        Assert.Contains(AuditAction.IncidentMerged, audit);
        Assert.Contains(AuditAction.IncidentSplit, audit);
    }

    [Fact]
    public async Task M23_viewers_and_other_organizations_merge_nothing()
    {
        var (ada, organization) = await github.MemberAsync(Role.Manager);
        var (eve, _) = await github.MemberAsync(Role.Manager);
        var (own, others) = (await EnterAsync(ada, Entry()), await EnterAsync(eve, Entry()));
        using var stranger = await eve.Api.PostAsJsonAsync($"incidents/{own}/merge", new { into_id = others }, Now);
        using var foreign = await ada.Api.PostAsJsonAsync($"incidents/{own}/merge", new { into_id = others }, Now);
        using var itself = await ada.Api.PostAsJsonAsync($"incidents/{own}/merge", new { into_id = own }, Now);
        using var notMerged = await ada.Api.PostAsync(new Uri($"incidents/{own}/split", UriKind.Relative), null, Now);
        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.UnprocessableEntity,
                HttpStatusCode.Conflict),
            (stranger.StatusCode, foreign.StatusCode, itself.StatusCode, notMerged.StatusCode));
        await using var db = github.App.Database.Open();
        await db.Memberships.IgnoreQueryFilters()
            .Where(m => m.OrganizationId == organization).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role,
            Role.Viewer), Now);
        using var viewer = await ada.Api.PostAsJsonAsync($"incidents/{own}/merge", new { into_id = own }, Now);
        Assert.Equal(HttpStatusCode.Forbidden, viewer.StatusCode);
    }

    [Theory]
    [InlineData(1, "started_after_incident")]
    [InlineData(-1, "other_service")]
    public async Task M22_a_deployment_that_cannot_have_caused_it_is_linked_with_force_only(double hours, string code)
    {
        var (ada, organization) = await github.MemberAsync(Role.Manager);
        var start = DateTimeOffset.UtcNow.AddHours(-5);
        var (web, api) = (Service("web"), Service("api"));
        var deployment = new Deployment
        {
            Id = Guid.NewGuid(),
            OrganizationId = organization,
            RepositoryId = web.RepositoryId,
            ServiceId = code == "other_service" ? api.Id : web.Id,
            SourceKey = "run 1",
            Environment = "production",
            IsProduction = true,
            IsRelease = true,
            Title = "v1",
            Url = "https://github.example/acme/web/actions/runs/1",
            StartedAt = start.AddHours(hours),
            FinishedAt = start.AddHours(hours + 0.1),
        };
        await using (var db = github.App.Database.Open())
        {
            var connection = new Connection { OrganizationId = organization, Kind = "github" };
            db.AddRange(connection, new Repository
            {
                Id = web.RepositoryId,
                OrganizationId = organization,
                ConnectionId = connection.Id,
                ExternalId = $"{web.RepositoryId}",
                FullName = "acme/web",
                Url = "https://github.example/acme/web",
            }, web, api, deployment);
            await db.SaveChangesAsync(Now);
        }
        var id = await EnterAsync(ada, new { title = "Down", started_at = start, service_id = web.Id });

        using var refused = await ada.Api.PostAsJsonAsync($"incidents/{id}/link", new { deployment_id = deployment.Id }, Now);
        Assert.Equal((HttpStatusCode.Conflict, code),
            (refused.StatusCode, (await JsonAsync(refused)).GetProperty("code").GetString()));
        using var forced = await ada.Api.PostAsJsonAsync($"incidents/{id}/link", new { deployment_id = deployment.Id, force = true }, Now);
        Assert.Equal(deployment.Id, (await JsonAsync(forced)).GetProperty("deployment_id").GetGuid());

        Service Service(string name) =>
            new() { Id = Guid.NewGuid(), OrganizationId = organization,
            RepositoryId = Repository.IdOf(organization, "web"), Name = name };
    }

    private static object Entry() => new { title = "Down", started_at = DateTimeOffset.UtcNow.AddHours(-1) };

    private static async Task<Guid> EnterAsync(Someone member, object entry)
    {
        using var entered = await member.Api.PostAsJsonAsync("incidents", entry, Now);
        return (await JsonAsync(entered)).GetProperty("id").GetGuid();
    }

    private static Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        answer.Content.ReadFromJsonAsync<JsonElement>(Now);
}
