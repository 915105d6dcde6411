using System.Net;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Dashboard;

public sealed class IndexTests(TestApp app)
{
    [Fact]
    public async Task An_organization_without_data_is_told_the_next_step()
    {
        var organization = await MeasuredOrganization.FoundAsync(app);
        var page = await organization.SeeAsync("");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Nothing to measure yet", page.Text, StringComparison.Ordinal);
        Assert.Equal($"/o/{organization.Slug}/settings", page.Document.QuerySelector(".empty a.btn-primary")?.GetAttribute("href"));
        Assert.Empty(page.Document.QuerySelectorAll(".kpi"));
    }

    [Fact]
    public async Task The_cards_count_what_this_organization_deployed_and_nobody_elses()
    {
        var other = (await MeasuredOrganization.FoundAsync(app, "Other")).WithService();
        for (var i = 0; i < 20; i++) other.Change(other.Deploy(daysAgo: i + 0.5), i + 0.5, leadHours: 500);
        await other.SaveAsync();

        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        for (var i = 0; i < 6; i++) organization.Change(organization.Deploy(daysAgo: i + 0.5), i + 0.5, leadHours: 12);
        await organization.SaveAsync();

        var page = await organization.SeeAsync("");
        Assert.Equal("every 5 days", page.Document.QuerySelector("#kpi-deployment-frequency .kpi-number")?.TextContent);
        Assert.Equal("6 deployments", page.Document.QuerySelector("#kpi-deployment-frequency .kpi-n")?.TextContent);
        Assert.Equal("12 h", page.Document.QuerySelector("#kpi-lead-time .kpi-number")?.TextContent);
        Assert.Equal("6 pull requests", page.Document.QuerySelector("#kpi-lead-time .kpi-n")?.TextContent);
        Assert.Contains("Elite", page.Document.QuerySelector("#kpi-lead-time .pill")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_rate_and_recovery_say_what_they_lack_instead_of_a_number()
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        var page = await organization.SeeAsync("");
        foreach (var (id, why) in new[]
        {
            ("kpi-change-failure-rate", "Nothing was released"), ("kpi-recovery", "No incident that started in this period is resolved"),
        })
        {
            Assert.Equal("No data", page.Document.QuerySelector($"#{id} .kpi-number")?.TextContent);
            Assert.Contains(why, page.Document.QuerySelector($"#{id}")?.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_deployed_is_a_true_zero_for_frequency_and_no_data_for_lead_time()
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        var page = await organization.SeeAsync("");
        Assert.Equal("0", page.Document.QuerySelector("#kpi-deployment-frequency .kpi-number")?.TextContent);
        Assert.Equal("No data", page.Document.QuerySelector("#kpi-lead-time .kpi-number")?.TextContent);
    }

    [Fact]
    public async Task Fewer_than_five_items_have_no_band_and_no_trend()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        for (var i = 0; i < 4; i++) organization.Change(organization.Deploy(i + 0.5), i + 0.5);
        await organization.SaveAsync();
        var card = (await organization.SeeAsync("")).Document.QuerySelector("#kpi-lead-time")!;
        Assert.Null(card.QuerySelector(".pill"));
        Assert.Contains("no comparison", card.TextContent, StringComparison.Ordinal);
        Assert.NotNull(card.QuerySelector(".kpi-number.is-muted"));
    }

    [Fact]
    public async Task Attention_names_what_waits_and_what_failed_and_leads_to_it()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        organization.Deploy(1, fails: true);
        organization.Change(null, 3);
        organization.Change(null, 1);
        await organization.SaveAsync();
        var attention = (await organization.SeeAsync("?period=7d")).Document.QuerySelector("#attention")!;
        Assert.Contains("1 production deployment failed", attention.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 merged pull requests wait for production, the oldest merged 3 d ago", attention.TextContent, StringComparison.Ordinal);
        Assert.NotNull(attention.QuerySelector($"a[href='/o/{organization.Slug}/dora/changes?period=7d&show=waiting']"));
    }

    [Fact]
    public async Task An_estimated_source_is_admitted()
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService(source: Veelocity.Web.Data.DeploymentSource.MergedPullRequests).SaveAsync();
        Assert.Contains("an estimate", (await organization.SeeAsync("")).Document.QuerySelector("#attention")?.TextContent, StringComparison.Ordinal);
    }
}
