using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Pages.Settings;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

/// <summary>Sources of services by way of the API.</summary>
public sealed class ServiceSourcesTests(TestApp app)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M8_a_source_is_previewed_chosen_and_returned_to_detection()
    {
        var (ada, organization, repository) = await DeliveringAsync();
        var service = $"services/{Service.IdOf(repository)}";
        var listed = (await SendAsync(ada, HttpMethod.Get, "services", null)).GetProperty("items")[0];
        Assert.Equal(("environment", "production"), (listed.GetProperty("source").GetString(), listed.GetProperty("source_name").GetString()));

        var sources = (await SendAsync(ada, HttpMethod.Get, $"{service}/sources", null)).GetProperty("items");
        Assert.True(sources[0].GetProperty("is_active").GetBoolean());
        Assert.Equal(3, sources[0].GetProperty("deployments").GetInt32());
        var preview = await SendAsync(ada, HttpMethod.Get, $"{service}/sources/preview?type=environment&name=production&also=staging", null);
        Assert.Equal(4, preview.GetProperty("deployments").GetInt32());

        var chosen = await SendAsync(ada, HttpMethod.Put, $"{service}/source", new { type = "environment", name = "production", also = new[] { "staging" } });
        Assert.Equal("staging", chosen.GetProperty("also")[0].GetString());
        await using (var db = app.Database.Open())
        {
            db.OrganizationId = organization;
            Assert.Equal(4, await db.Deployments.CountAsync(d => d.IsProduction, Stop));
            Assert.Contains(await db.AuditEntries.ToListAsync(Stop), e => e.Detail?.Contains("Read from", StringComparison.Ordinal) == true);
        }
        var detected = await SendAsync(ada, HttpMethod.Delete, $"{service}/source", null, HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Null, detected.GetProperty("chosen_at").ValueKind);
    }

    [Fact]
    public async Task A_wrong_source_names_its_field_and_another_organization_s_service_is_not_found()
    {
        var (ada, _, repository) = await DeliveringAsync();
        var (eve, _, hers) = await DeliveringAsync();
        var service = $"services/{Service.IdOf(repository)}";
        foreach (var (body, field) in new (object, string)[]
        {
            (new { name = "production" }, "type"), (new { type = "environment" }, "name"), (new { type = "environment", name = "moon" }, "name"),
            (new { type = "workflow", name = "deploy.yml" }, "name"), (new { type = "releases", job = "deploy" }, "job"),
            (new { type = "environment", name = "production", branch = "main" }, "branch"), (new { type = "tags", workflow = "x" }, "workflow"),
            (new { type = "tags", paths = new[] { "a" } }, "paths"), (new { type = "releases", repository_id = hers }, "repository_id"),
        })
        {
            var wrong = await SendAsync(ada, HttpMethod.Put, $"{service}/source", body, HttpStatusCode.UnprocessableEntity);
            Assert.True(wrong.GetProperty("errors").TryGetProperty(field, out _), wrong.ToString());
        }
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, "/sources", null), (HttpMethod.Get, "/sources/preview?type=releases", null),
            (HttpMethod.Put, "/source", new { type = "releases" }),
        })
            await SendAsync(eve, method, service + path, body, HttpStatusCode.NotFound);
    }

    private async Task<(Someone Who, Guid Organization, Guid Repository)> DeliveringAsync()
    {
        var (ada, id) = await GitHubApp.MemberAsync(app, Role.Admin);
        await using var db = app.Database.Open();
        db.OrganizationId = id;
        var repository = DeliveringRepository.Add(db, id);
        await db.SaveChangesAsync(Stop);
        await app.Services.GetRequiredService<Linker>().LinkAsync(id, null, Stop);
        return (ada, id, repository);
    }

    private static async Task<JsonElement> SendAsync(Someone member, HttpMethod method, string path, object? body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await member.Api.SendAsync(request, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(expected == answer.StatusCode, $"{method} {path}: {answer.StatusCode} {text}");
        return text.Length > 0 ? JsonDocument.Parse(text).RootElement : default;
    }
}
