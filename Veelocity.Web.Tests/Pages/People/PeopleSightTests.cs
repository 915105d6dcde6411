using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Tests.Api.V1;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.People;

/// <summary>Numbers of single people, by what the organization chose and who asks: on pages, in fragments, files and the API alike.</summary>
public sealed class PeopleSightTests(TestApp app)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PeopleNumbers.Everyone, Role.Viewer, true)]
    [InlineData(PeopleNumbers.Everyone, Role.Manager, true)]
    [InlineData(PeopleNumbers.Everyone, Role.Admin, true)]
    [InlineData(PeopleNumbers.Managers, Role.Viewer, false)]
    [InlineData(PeopleNumbers.Managers, Role.Manager, true)]
    [InlineData(PeopleNumbers.Managers, Role.Admin, true)]
    [InlineData(PeopleNumbers.Oneself, Role.Viewer, false)]
    [InlineData(PeopleNumbers.Oneself, Role.Manager, false)]
    [InlineData(PeopleNumbers.Oneself, Role.Admin, false)]
    public async Task Who_may_see_numbers_of_single_people_sees_them_everywhere_and_who_may_not_nowhere(PeopleNumbers numbers, Role role, bool sees)
    {
        var organization = await WorkingOrganization.FoundAsync(app);
        var bob = await organization.MemberAsync(role, organization.Bob);
        await organization.ShowPeopleToAsync(numbers);
        using var browser = await organization.BrowserOfAsync(bob);
        var o = $"/o/{organization.Slug}";

        var team = await browser.GetAsync(o + "/team");
        Assert.Equal((HttpStatusCode.OK, sees), (team.Status, team.Document.QuerySelector("#members") is not null));
        Assert.Equal(sees, team.Document.QuerySelector("#contributions, #review-load") is not null);
        Assert.Equal(sees, team.Document.QuerySelectorAll($"a[href*='/developers/{organization.Ada}']").Length > 0);
        Assert.NotNull(team.Document.QuerySelector($"a[href*='/developers/{organization.Bob}']"));
        Assert.Contains("Pull requests merged", team.Text, StringComparison.Ordinal);
        Assert.Equal(sees, (await browser.GetAsync(o + "/team?csv=members")).Response.Content.Headers.ContentType?.MediaType == "text/csv");
        foreach (var page in new[] { "/development", "/development/cycle-time", "/development/throughput" })
            Assert.Equal((page, sees), (page, (await browser.GetAsync(o + page)).Document.QuerySelector("#by-developer") is not null));

        foreach (var path in new[] { $"/developers/{organization.Ada}", $"/developers/{organization.Ada}?csv=timeline", $"/developers/{organization.Ada}?csv=work-chart" })
        {
            var seen = await browser.GetAsync(o + path);
            Assert.Equal((path, sees ? HttpStatusCode.OK : HttpStatusCode.Forbidden), (path, seen.Status));
            Assert.Equal((path, sees), (path, seen.Html.Contains("Change of ada", StringComparison.Ordinal) || path.EndsWith("work-chart", StringComparison.Ordinal) && sees));
        }
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"{o}/developers/{organization.Bob}")).Status);
        Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await browser.GetAsync($"{o}/why/merged-pulls?person={organization.Ada}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"{o}/why/merged-pulls?person={organization.Bob}")).Status);

        var code = numbers == PeopleNumbers.Oneself ? PeopleSight.ForOneself : PeopleSight.ForManagers;
        foreach (var metric in new[] { "pr-review-time", "cycle-time", "throughput" })
        {
            foreach (var path in new[] { $"{metric}?group_by=developer", $"{metric}?developer_id={organization.Ada}", $"{metric}/items?developer_id={organization.Ada}" })
            {
                foreach (var accept in new[] { "application/json", "text/csv" })
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("metrics/development/" + path, UriKind.Relative));
                    request.Headers.Accept.ParseAdd(accept);
                    using var answer = await bob.Api.SendAsync(request, Stop);
                    if (sees) Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
                    else await AuthTests.AssertProblemAsync(answer, HttpStatusCode.Forbidden, code);
                }
            }
            Assert.Equal(HttpStatusCode.OK, (await bob.Api.GetAsync(new Uri($"metrics/development/{metric}?developer_id={organization.Bob}", UriKind.Relative), Stop)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await bob.Api.GetAsync(new Uri($"metrics/development/{metric}?group_by=team", UriKind.Relative), Stop)).StatusCode);
        }
        var contributors = await bob.Api.GetFromJsonAsync<JsonElement>("connectors/github/contributors", Stop);
        Assert.Equal(sees ? ["ada", "bob"] : ["bob"], contributors.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("login").GetString()!).Order());
    }

    [Fact]
    public async Task Who_is_nobody_in_the_numbers_sees_the_team_and_nobodys_page()
    {
        var organization = await WorkingOrganization.FoundAsync(app);
        await organization.ShowPeopleToAsync(PeopleNumbers.Managers);
        using var browser = await organization.BrowserOfAsync(await organization.MemberAsync(Role.Viewer));
        var team = await browser.GetAsync($"/o/{organization.Slug}/team");
        Assert.Contains("others see their own", team.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/developers/", team.Html, StringComparison.Ordinal);
        foreach (var person in new[] { organization.Ada, organization.Bob })
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync($"/o/{organization.Slug}/developers/{person}")).Status);
    }

    [Fact]
    public async Task Another_organizations_person_is_not_there()
    {
        var (ours, theirs) = (await WorkingOrganization.FoundAsync(app), await WorkingOrganization.FoundAsync(app));
        using var browser = await ours.BrowserOfAsync(ours.Admin);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/o/{ours.Slug}/developers/{theirs.Ada}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/o/{ours.Slug}/team?team={theirs.Team}")).Status);
        Assert.Equal(await ErrorsAsync($"developer_id={Guid.NewGuid()}"), await ErrorsAsync($"developer_id={theirs.Ada}"));
        Assert.Equal(await ErrorsAsync($"team_id={Guid.NewGuid()}"), await ErrorsAsync($"team_id={theirs.Team}"));

        async Task<string> ErrorsAsync(string query)
        {
            var address = new Uri($"metrics/development/throughput?{query}", UriKind.Relative);
            using var answer = await ours.Admin.Api.GetAsync(address, Stop);
            var problem = await AuthTests.AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "invalid");
            return problem.GetProperty("errors").GetRawText();
        }
    }
}
