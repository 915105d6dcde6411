using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Tests.Pages;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

/// <summary>Incidents that are entered, and the change failure rate that comes of them (M21).</summary>
public sealed class FailedReleasesTests(TestApp app)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M21_two_incidents_on_one_deployment_are_one_failed_deployment_and_the_rate_is_never_above_one()
    {
        var (api, organization) = await FoundAsync();
        var (other, others) = await FoundAsync();
        others.Deploy(2.1);
        await others.SaveAsync();
        organization.Deploy(2);
        await organization.SaveAsync();

        var causes = new HashSet<Guid>();
        foreach (var hoursAgo in new[] { 47, 46, 45 })
        {
            using var entered = await api.PostAsJsonAsync(
                "incidents", new { title = $"Down {hoursAgo}", started_at = DateTimeOffset.UtcNow.AddHours(-hoursAgo), resolved_at = DateTimeOffset.UtcNow.AddHours(-40) }, Stop);
            Assert.Equal(HttpStatusCode.Created, entered.StatusCode);
            causes.Add((await entered.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("deployment_id").GetGuid());
        }
        Assert.Single(causes);
        Assert.Equal((1, 1, 1.0), await RateAsync(api));
        Assert.Equal((1, 0, 0.0), await RateAsync(other));

        organization.Deploy(10, "Fine");
        await organization.SaveAsync();
        Assert.Equal((2, 1, 0.5), await RateAsync(api));
    }

    private static async Task<(int Total, int Failed, double Value)> RateAsync(HttpClient api)
    {
        var answer = await api.GetFromJsonAsync<JsonElement>("metrics/dora/change-failure-rate", Stop);
        return (answer.GetProperty("total").GetInt32(), answer.GetProperty("failed").GetInt32(), answer.GetProperty("value").GetDouble());
    }

    private async Task<(HttpClient Api, MeasuredOrganization Organization)> FoundAsync()
    {
        var someone = await app.SomeoneAsync();
        var founded = await someone.FoundAsync("Acme");
        var organization = new MeasuredOrganization(app, founded.GetProperty("id").GetGuid(), founded.GetProperty("slug").GetString()!);
        return (someone.Api, organization.WithService());
    }
}
