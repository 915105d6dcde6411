using System.Net;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Settings;

public sealed class SyncHistoryTests(TestApp app)
{
    [Fact]
    public async Task The_history_is_filtered_by_what_the_address_says_and_keeps_it_over_pages()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        for (var i = 0; i < 60; i++) organization.Sync(minutesAgo: 15 * i, run => End(run, SyncOutcome.Done));
        organization.Sync(7, run => End(run, SyncOutcome.Unreachable, "GitHub does not answer."), "github_actions", SyncTrigger.Manual);
        await organization.SaveAsync();

        var all = (await organization.SeeAsync("/settings/sync-history")).Document;
        Assert.Equal(50, all.QuerySelectorAll("#sync-history tbody tr").Length);
        Assert.Contains("61 sync runs", all.Body!.TextContent, StringComparison.Ordinal);

        var failed = (await organization.SeeAsync("/settings/sync-history?status=Unreachable&connector=&trigger=")).Document;
        Assert.Contains("GitHub does not answer.", Assert.Single(failed.QuerySelectorAll("#sync-history tbody tr")).TextContent, StringComparison.Ordinal);
        Assert.Equal("Unreachable", failed.QuerySelector("#status option[selected]")!.GetAttribute("value"));

        var scheduled = (await organization.SeeAsync("/settings/sync-history?trigger=Schedule&page=2")).Document;
        Assert.Equal(10, scheduled.QuerySelectorAll("#sync-history tbody tr").Length);
        Assert.EndsWith("?trigger=Schedule&page=1", scheduled.QuerySelector(".pager a")!.GetAttribute("href"), StringComparison.Ordinal);

        var tomorrow = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(2));
        Assert.Contains("No sync fits", (await organization.SeeAsync($"/settings/sync-history?from={tomorrow:yyyy-MM-dd}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_sync_shows_what_it_read_and_what_it_left_out_by_repository()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        var id = organization.Sync(10, run =>
        {
            run.Count("pull_requests", 1_200);
            run.Note(new SyncProblem("acme/web", "missing_permission", "The token may not read deployments."));
            run.Note(new SyncProblem("acme/api", "not_found", "It is gone."));
            run.Note(new SyncProblem("acme/web", "feature_disabled", "Actions are off."));
            End(run, SyncOutcome.Done);
        });
        await organization.SaveAsync();

        var page = (await organization.SeeAsync($"/settings/sync-history/{id}")).Document;

        Assert.Contains("1,200", page.QuerySelector("#sync-log tbody")!.TextContent, StringComparison.Ordinal);
        var left = page.QuerySelectorAll("#problems tbody tr");
        Assert.Equal(["acme/api", "acme/web"], left.Select(row => row.QuerySelector("th")!.TextContent));
        Assert.Equal(2, left[1].QuerySelectorAll("p").Length);
        Assert.Contains("Missing permission", left[1].TextContent, StringComparison.Ordinal);
        Assert.False(page.QuerySelector("#sync-log")!.HasAttribute("hx-get"));
        var stranger = await MeasuredOrganization.FoundAsync(app);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SeeAsync($"/settings/sync-history/{id}")).Status);
    }

    [Theory]
    [InlineData(10, null, "As of", false)]
    [InlineData(300, null, "As of", true)]
    [InlineData(10, "GitHub does not answer.", "Sync failed, as of", false)]
    public async Task Every_page_says_how_old_its_numbers_are_and_warns_when_they_are_older_than_they_should_be(
        double minutesAgo, string? failure, string expected, bool isStale)
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService().WithSync(minutesAgo);
        if (failure is not null) organization.Sync(5, run => End(run, SyncOutcome.Unreachable, failure), "github_actions");
        organization.Deploy(daysAgo: 3);
        await organization.SaveAsync();

        foreach (var path in new[] { "", "/dora/deployments" })
        {
            var page = (await organization.SeeAsync(path)).Document;
            var age = page.QuerySelector(".sync-age")!;
            Assert.Contains(expected, age.TextContent, StringComparison.Ordinal);
            Assert.Equal(isStale || failure is not null, age.ClassList.Contains("is-stale"));
            Assert.Equal(isStale, page.QuerySelector("#stale") is not null);
        }
    }

    private static void End(SyncRun run, SyncOutcome outcome, string? error = null)
    {
        run.Start(run.RequestedAt);
        run.Finish(outcome, error, run.RequestedAt.AddSeconds(20));
    }
}
