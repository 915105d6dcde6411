using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Pages.Settings;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

/// <summary>DORA metrics by service: the groups add up to the whole, and each is what service_id alone answers.</summary>
public sealed class ServiceGroupsTests(TestApp app)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("deployment-frequency", "count", "total")]
    [InlineData("lead-time", "count", "count")]
    [InlineData("change-failure-rate", "total", "total")]
    [InlineData("rework-rate", "total", "total")]
    [InlineData("mttr", "count", "count")]
    public async Task Groups_by_service_add_up_to_the_whole_and_equal_each_service(string metric, string ofGroup, string ofWhole)
    {
        var (ada, organization) = await GitHubApp.MemberAsync(app, Role.Manager);
        await TwoServicesAsync(organization);
        var services = (await ada.GetAsync("services"))!["items"]!.AsArray().ToDictionary(s => (string)s!["id"]!, s => (string)s!["name"]!, StringComparer.Ordinal);
        Assert.Equal(2, services.Count);
        await ada.AskAsync(HttpMethod.Post, "incidents", new { title = "Unknown", started_at = DateTimeOffset.UtcNow.AddHours(-5), resolved_at = DateTimeOffset.UtcNow.AddHours(-4) }, HttpStatusCode.Created);
        foreach (var service in services.Keys)
            await ada.AskAsync(HttpMethod.Post, "incidents", new { title = "Down", service_id = service, started_at = DateTimeOffset.UtcNow.AddHours(-3), resolved_at = DateTimeOffset.UtcNow.AddHours(-2) }, HttpStatusCode.Created);

        var answer = (await ada.GetAsync($"metrics/dora/{metric}?group_by=service"))!;
        var groups = answer["groups"]!.AsArray().ToDictionary(g => (string)g!["key"]!, g => g!, StringComparer.Ordinal);
        Assert.True((int)answer[ofWhole]! > 0, answer.ToJsonString());
        Assert.Equal((int)answer[ofWhole]!, groups.Values.Sum(group => (int)group[ofGroup]!));
        foreach (var (id, name) in services)
        {
            Assert.StartsWith(name, (string)groups[id]["label"]!, StringComparison.Ordinal);
            Assert.Equal((int)(await ada.GetAsync($"metrics/dora/{metric}?service_id={id}"))![ofWhole]!, (int)groups[id][ofGroup]!);
        }
        Assert.Equal(metric == "mttr", groups.ContainsKey(Guid.Empty.ToString()));
    }

    [Fact]
    public async Task M22_window_hours_is_taken_from_1_to_720()
    {
        var (ada, _) = await GitHubApp.MemberAsync(app);
        foreach (var path in new[] { "metrics/dora/change-failure-rate", "metrics/dora/change-failure-rate/items" })
        {
            await ada.GetAsync($"{path}?window_hours=1");
            await ada.GetAsync($"{path}?window_hours=720");
            foreach (var wrong in new[] { "0", "721", "-1", "x", "1.5" })
                Assert.NotNull((await ada.AskAsync(HttpMethod.Get, $"{path}?window_hours={wrong}", expected: HttpStatusCode.UnprocessableEntity))!["errors"]!["window_hours"]);
        }
    }

    [Fact]
    public async Task M13_the_environment_production_is_what_is_measured_without_one()
    {
        var (ada, organization) = await GitHubApp.MemberAsync(app);
        await TwoServicesAsync(organization);
        // A period that has ended: the rates of one that goes on change with each request.
        var today = DateTimeOffset.UtcNow;
        var ended = $"metrics/dora/deployment-frequency?start_date={today.AddDays(-25):yyyy-MM-dd}&end_date={today.AddDays(-2):yyyy-MM-dd}";
        var production = (await ada.GetAsync(ended))!;
        Assert.True((int)production["total"]! > 0, production.ToJsonString());
        Assert.Equal(production.ToJsonString(), (await ada.GetAsync($"{ended}&environment=Production"))!.ToJsonString());
        var staging = (await ada.GetAsync($"{ended}&environment=staging"))!;
        Assert.NotEqual((int)production["total"]!, (int)staging["total"]!);
    }

    private async Task TwoServicesAsync(Guid organization)
    {
        await using var db = app.Database.Open();
        db.OrganizationId = organization;
        DeliveringRepository.Add(db, organization);
        DeliveringRepository.Add(db, organization, "till");
        await db.SaveChangesAsync(Now);
        await app.Services.GetRequiredService<Linker>().LinkAsync(organization, null, Now);
    }
}
