using System.Net;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Development;

public sealed class DevelopmentPagesTests(TestApp app)
{
    [Fact]
    public async Task Every_number_on_a_page_leads_to_the_rows_that_it_was_counted_from()
    {
        var organization = await WorkingOrganization.FoundAsync(app);
        using var browser = await organization.BrowserOfAsync(organization.Admin);
        var o = $"/o/{organization.Slug}";

        var page = await browser.GetAsync(o + "/development");
        Assert.Equal(["2.0 h", "6.0 h", "0 %"], page.Document.QuerySelectorAll(".kpi-number").Select(number => number.TextContent));
        foreach (var metric in new[] { "first-review", "merge-time", "without-review", "cycle-time", "work-time", "linked-share", "merged-pulls", "completed-issues", "abandon-rate", "reverts" })
        {
            var why = await browser.GetAsync($"{o}/why/{metric}");
            Assert.Equal((metric, HttpStatusCode.OK), (metric, why.Status));
            var count = metric is "without-review" or "abandon-rate" or "reverts" ? 0 : 6;
            Assert.Equal((metric, count), (metric, why.Document.QuerySelectorAll(".why-rows > li").Length));
        }
        var csv = await browser.GetAsync(o + "/why/first-review?format=csv");
        Assert.Equal(7, csv.Html.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var median = await browser.GetAsync(o + "/why/first-review?value=p90");
        Assert.Contains("Place 1 + 0.9 × (6 − 1) = 5.5 of 6 pull requests", median.Text, StringComparison.Ordinal);
        Assert.Equal(2, median.Document.QuerySelectorAll(".why-between li").Length);
    }

    [Fact]
    public async Task Cycle_time_and_throughput_show_issues_and_split_by_team_and_developer()
    {
        var organization = await WorkingOrganization.FoundAsync(app);
        using var browser = await organization.BrowserOfAsync(organization.Admin);
        var o = $"/o/{organization.Slug}";

        var cycle = await browser.GetAsync(o + "/development/cycle-time");
        Assert.Equal(["1.2 d", "9.0 h", "100 %"], cycle.Document.QuerySelectorAll(".kpi-number").Select(number => number.TextContent));
        var throughput = await browser.GetAsync(o + "/development/throughput");
        Assert.Equal(["6", "6", "0 %"], throughput.Document.QuerySelectorAll(".kpi-number").Select(number => number.TextContent));
        var developers = throughput.Document.QuerySelectorAll("#by-developer tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim())));
        Assert.Equal(["Ada Lovelace|4|4|0|0", "Bob Ross|2|2|0|0"], developers);
        Assert.Contains("Web", throughput.Document.QuerySelector("#by-team")!.TextContent, StringComparison.Ordinal);
        var file = await browser.GetAsync(o + "/development/throughput?csv=by-developer");
        Assert.Contains("Ada Lovelace,Pull requests merged,4", file.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coding_agents_can_be_chosen_and_stay_chosen_on_the_next_tab()
    {
        var organization = await WorkingOrganization.FoundAsync(app);
        using var browser = await organization.BrowserOfAsync(organization.Admin);
        var agents = await browser.GetAsync($"/o/{organization.Slug}/development?authors=agents");
        Assert.Equal("true", agents.Document.QuerySelector("#authors-agents")?.GetAttribute("aria-current"));
        Assert.Equal(["No data", "No data", "No data"], agents.Document.QuerySelectorAll(".kpi-number").Select(number => number.TextContent));
        Assert.Contains("6: written by a person", agents.Text, StringComparison.Ordinal);
        Assert.Contains("authors=agents", agents.Document.QuerySelector("nav.tabs a:last-child")!.GetAttribute("href")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_anything_to_measure_each_page_says_what_to_do()
    {
        var organization = await MeasuredOrganization.FoundAsync(app);
        foreach (var path in new[] { "/development", "/development/cycle-time", "/development/throughput", "/team" })
        {
            var empty = await organization.SeeAsync(path);
            Assert.Equal((path, HttpStatusCode.OK), (path, empty.Status));
            Assert.Contains("Connect GitHub", empty.Text, StringComparison.Ordinal);
        }
        await organization.WithService().SaveAsync();
        Assert.Contains("needs an issue tracker", (await organization.SeeAsync("/development/cycle-time")).Text, StringComparison.Ordinal);
        Assert.Contains("Nobody to show", (await organization.SeeAsync("/team")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_team_page_shows_members_by_name_what_is_open_and_how_reviews_are_shared()
    {
        var organization = await WorkingOrganization.FoundAsync(app);
        using var browser = await organization.BrowserOfAsync(organization.Admin);
        var team = await browser.GetAsync($"/o/{organization.Slug}/team?team={organization.Team}");

        Assert.Equal("Web", team.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal(["Ada Lovelace", "Bob Ross"], team.Document.QuerySelectorAll("#members td.name").Select(cell => cell.TextContent.Trim()));
        Assert.Empty(team.Document.QuerySelectorAll("#members a.sort")); // no list of people is sorted by a number
        Assert.Equal(["4", "2", "4"], team.Document.QuerySelectorAll("#members tbody tr:first-child td.num").Take(3).Select(cell => cell.TextContent.Trim()));
        Assert.Contains("3 each", team.Document.QuerySelector("#review-load")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Still open", team.Document.QuerySelector("#open-pull-requests")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["navy", "violet", "teal"], team.Document.QuerySelectorAll("#contributions tbody tr:first-child rect").Select(piece => piece.ClassName!["paint-".Length..]));
        var csv = await browser.GetAsync($"/o/{organization.Slug}/team?csv=members");
        Assert.Contains("Bob Ross,Pull requests reviewed,4", csv.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_developer_shows_their_work_beside_their_teams()
    {
        var organization = await WorkingOrganization.FoundAsync(app);
        using var browser = await organization.BrowserOfAsync(organization.Admin);
        var ada = await browser.GetAsync($"/o/{organization.Slug}/developers/{organization.Ada}");

        Assert.Equal("Ada Lovelace", ada.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal(["5", "4", "2", "4", "2.0 h", "2.0 h", "6.0 h", "1.2 d"], ada.Document.QuerySelectorAll(".facts dd").Select(fact => fact.TextContent.Trim()));
        var merged = ada.Document.QuerySelectorAll("#comparison tbody tr")[1];
        Assert.Equal(["4", "3"], merged.QuerySelectorAll("td.num").Select(cell => cell.TextContent));
        Assert.NotNull(ada.Document.QuerySelector("#work-chart"));
        // Opened five, merged four, reviewed two, and four issues started and completed.
        Assert.Equal(19, ada.Document.QuerySelectorAll("#timeline li").Length);
        var csv = await browser.GetAsync($"/o/{organization.Slug}/developers/{organization.Ada}?csv=timeline");
        Assert.Equal(20, csv.Html.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Someone_without_a_team_is_compared_with_the_organization()
    {
        var organization = await WorkingOrganization.FoundAsync(app);
        var id = await IdAsync(organization);
        await using (var db = app.Database.Open())
            await db.TeamMembers.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(m => m.OrganizationId == id).ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        using var browser = await organization.BrowserOfAsync(organization.Admin);
        var ada = await browser.GetAsync($"/o/{organization.Slug}/developers/{organization.Ada}");

        Assert.Equal("Compared with Acme", ada.Document.QuerySelector("#comparison-title")?.TextContent);
        Assert.Equal(["4", "3"], ada.Document.QuerySelectorAll("#comparison tbody tr")[1].QuerySelectorAll("td.num").Select(cell => cell.TextContent));
        var csv = await browser.GetAsync($"/o/{organization.Slug}/developers/{organization.Ada}?csv=comparison");
        Assert.Contains("Pull requests merged,Acme,3", csv.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_name_the_logins_of_coding_agents_and_the_cohort_follows()
    {
        var organization = await WorkingOrganization.FoundAsync(app);
        await using (var db = app.Database.Open())
        {
            var bot = new Veelocity.Web.Data.Account { Id = Guid.NewGuid(), OrganizationId = await IdAsync(organization), Provider = "github", ExternalId = "helper", Login = "acme-helper", Kind = AccountKind.Bot, IsBot = true };
            db.Add(bot);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        using var browser = await organization.BrowserOfAsync(organization.Admin);
        var preview = await browser.GetAsync($"/o/{organization.Slug}/settings/rules?handler=Preview&rule=agent&Form.Agent=acme-");
        Assert.Contains("acme-helper", preview.Text, StringComparison.Ordinal);
    }

    private async Task<Guid> IdAsync(WorkingOrganization organization)
    {
        await using var db = app.Database.Open();
        return db.Organizations.Single(o => o.Slug == organization.Slug).Id;
    }
}
