using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Pages;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

/// <summary>The two clocks that durations can be asked by (M7).</summary>
public sealed class ClockTests(TestApp app)
{
    private const double Hour = 3600;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M7_by_the_working_clock_durations_are_shorter_and_stand_without_a_band()
    {
        var api = await MeasuredAsync();
        foreach (var path in new[] { "metrics/dora/lead-time", "metrics/dora/mttr" })
        {
            var calendar = await api.GetFromJsonAsync<JsonElement>(path, Stop);
            Assert.Equal(calendar.GetRawText(), (await api.GetFromJsonAsync<JsonElement>($"{path}?clock=calendar", Stop)).GetRawText());
            var working = await api.GetFromJsonAsync<JsonElement>($"{path}?clock=working", Stop);
            Assert.Equal((5, 5), (calendar.GetProperty("count").GetInt32(), working.GetProperty("count").GetInt32()));
            Assert.Equal(168 * Hour, calendar.GetProperty("median").GetDouble(), 1);
            AssertWorkingWeek(working.GetProperty("median"));
            Assert.Equal(JsonValueKind.String, calendar.GetProperty("band").ValueKind);
            Assert.Equal(JsonValueKind.Null, working.GetProperty("band").ValueKind);
        }

        var all = await api.GetFromJsonAsync<JsonElement>("metrics/dora?clock=working", Stop);
        AssertWorkingWeek(all.GetProperty("mttr").GetProperty("mean"));
        AssertWorkingWeek(all.GetProperty("lead_time_for_changes").GetProperty("median"));
        Assert.Equal(JsonValueKind.String, all.GetProperty("change_failure_rate").GetProperty("band").ValueKind); // it is no duration
    }

    [Theory]
    [InlineData("metrics/dora")]
    [InlineData("metrics/dora/lead-time")]
    [InlineData("metrics/dora/mttr")]
    public async Task M7_a_clock_that_does_not_exist_is_a_422_that_names_it(string path)
    {
        var api = await MeasuredAsync();
        using var answer = await api.GetAsync(new Uri($"{path}?clock=lunch", UriKind.Relative), Stop);
        var problem = await AuthTests.AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Contains("calendar or working", problem.GetProperty("errors").GetProperty("clock")[0].GetString(), StringComparison.Ordinal);
    }

    // Any 168 hours hold 45 working ones, wherever in the week today stands; an hour more or less when clocks changed.
    private static void AssertWorkingWeek(JsonElement seconds) => Assert.InRange(seconds.GetDouble(), (44 * Hour) - 1, (46 * Hour) + 1);

    private async Task<HttpClient> MeasuredAsync()
    {
        var someone = await app.SomeoneAsync();
        var founded = await someone.FoundAsync("Acme");
        var id = founded.GetProperty("id").GetGuid();
        var organization = new MeasuredOrganization(app, id, founded.GetProperty("slug").GetString()!).WithService();
        await using var db = app.Database.Open();
        for (var i = 1; i <= 5; i++)
        {
            organization.Change(organization.Deploy(i), i, leadHours: 168);
            var incident = new Incident { OrganizationId = id, Title = "Down", StartedAt = DateTimeOffset.UtcNow.AddDays(-8 - i) };
            incident.Resolve(incident.StartedAt.AddDays(7));
            db.Add(incident);
        }
        await organization.SaveAsync();
        await db.SaveChangesAsync(Stop);
        return someone.Api;
    }
}
