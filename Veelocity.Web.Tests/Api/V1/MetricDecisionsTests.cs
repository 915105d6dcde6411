using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Pages.Settings;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

/// <summary>Decisions about rows, data quality and the Quick Check by way of the API.</summary>
public sealed class MetricDecisionsTests(GitHubApp github) : IClassFixture<GitHubApp>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M35_a_pull_request_is_left_out_listed_and_counted_again()
    {
        var ada = await DeliveringAsync();
        var items = await ada.Api.GetFromJsonAsync<JsonElement>("metrics/dora/lead-time/items", Now);
        var (total, id) = (items.GetProperty("total").GetInt32(), items.GetProperty("items")[0].GetProperty("pull_request_id").GetGuid());
        using var decided = await ada.Api.PostAsJsonAsync("metrics/decisions", new { subject = "pull_request", subject_id = id, reason = "a drill" }, Now);
        Assert.Equal(HttpStatusCode.Created, decided.StatusCode);
        var decision = await decided.Content.ReadFromJsonAsync<JsonElement>(Now);
        Assert.Equal(("exclude", "a drill"), (decision.GetProperty("verdict").GetString(), decision.GetProperty("reason").GetString()));
        Assert.Equal(total - 1, await TotalAsync(ada, "metrics/dora/lead-time/items"));
        Assert.Equal(1, await TotalAsync(ada, "metrics/decisions?status=holds"));

        using var taken = await ada.Api.DeleteAsync(new Uri($"metrics/decisions/{decision.GetProperty("id").GetGuid()}", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        Assert.Equal((total, 0, 1), (await TotalAsync(ada, "metrics/dora/lead-time/items"), await TotalAsync(ada, "metrics/decisions?status=holds"), await TotalAsync(ada, "metrics/decisions?status=taken_back")));
    }

    [Fact]
    public async Task Another_organization_s_rows_and_decisions_do_not_exist_and_a_viewer_decides_nothing()
    {
        var ada = await DeliveringAsync();
        var (eve, _) = await github.MemberAsync();
        var (viewer, _) = await github.MemberAsync(Role.Viewer);
        var id = (await ada.Api.GetFromJsonAsync<JsonElement>("metrics/dora/lead-time/items", Now)).GetProperty("items")[0].GetProperty("pull_request_id").GetGuid();
        var body = new { subject = "pull_request", subject_id = id, reason = "no" };
        using var hers = await eve.Api.PostAsJsonAsync("metrics/decisions", body, Now);
        using var theirs = await viewer.Api.PostAsJsonAsync("metrics/decisions", body, Now);
        using var without = await ada.Api.PostAsJsonAsync("metrics/decisions", new { subject = "pull_request", subject_id = id, reason = "" }, Now);
        using var decided = await ada.Api.PostAsJsonAsync("metrics/decisions", body, Now);
        var decision = (await decided.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("id").GetGuid();
        using var taken = await eve.Api.DeleteAsync(new Uri($"metrics/decisions/{decision}", UriKind.Relative), Now);
        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound),
            (hers.StatusCode, theirs.StatusCode, without.StatusCode, taken.StatusCode));
        Assert.Equal(0, await TotalAsync(eve, "metrics/decisions"));
    }

    [Fact]
    public async Task M36_data_quality_and_M25_the_quick_check_are_answered()
    {
        var ada = await DeliveringAsync();
        var quality = await ada.Api.GetFromJsonAsync<JsonElement>("metrics/data-quality", Now);
        var service = Assert.Single(quality.GetProperty("services").EnumerateArray());
        Assert.Equal("acme/shop", service.GetProperty("service").GetProperty("repository").GetString());
        Assert.Equal(JsonValueKind.Array, service.GetProperty("findings").ValueKind);
        var check = (await ada.Api.GetFromJsonAsync<JsonElement>("metrics/dora", Now)).GetProperty("quick_check");
        Assert.Equal(("DORA Quick Check, 2025", 5), (check.GetProperty("source").GetString(), check.GetProperty("scores").GetArrayLength()));
        Assert.Equal(0, await TotalAsync(ada, "metrics/dora/change-failure-rate/items?selection=left_out"));
    }

    private async Task<Someone> DeliveringAsync()
    {
        var (ada, id) = await github.MemberAsync(Role.Manager);
        await using var db = github.App.Database.Open();
        DeliveringRepository.Add(db, id);
        await db.SaveChangesAsync(Now);
        await github.App.Services.GetRequiredService<Linker>().LinkAsync(id, null, Now);
        return ada;
    }

    private static async Task<int> TotalAsync(Someone member, string path) => (await member.Api.GetFromJsonAsync<JsonElement>(path, Now)).GetProperty("total").GetInt32();
}
