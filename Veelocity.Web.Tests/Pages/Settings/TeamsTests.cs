using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Teams;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Settings;

public sealed class TeamsTests(TestApp app)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_team_is_made_by_name_and_a_name_that_is_taken_is_refused_in_its_field()
    {
        var (organization, _) = await FoundAsync();
        Assert.Contains("None yet", (await organization.SeeAsync("/settings/teams")).Text, StringComparison.Ordinal);
        var made = await MakeAsync(organization, "Checkout");
        Assert.Equal("Checkout", (await organization.Browser.GetAsync(made)).Document.QuerySelector("#team-title")?.TextContent);

        var again = await organization.Browser.SubmitAsync($"/o/{organization.Slug}/settings/teams", ("Name", "CHECKOUT"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("Another team has this name", again.Document.QuerySelector("#Name-error")?.TextContent, StringComparison.Ordinal);
        Assert.Single((await organization.SeeAsync("/settings/teams")).Document.QuerySelectorAll("#teams tbody tr"));
    }

    [Fact]
    public async Task A_repository_that_its_people_wrote_most_of_is_suggested_and_taken_with_one_click()
    {
        var (organization, id) = await FoundAsync();
        var team = await MakeAsync(organization, "Checkout");
        var ann = await WriteAsync(id, organization.RepositoryId, byAnn: 4, byBen: 3);
        Assert.Null((await organization.Browser.GetAsync(team)).Document.QuerySelector("#suggestions"));
        await PostAsync(organization, team, "AddPerson", ("person", ann));
        var page = await organization.Browser.GetAsync(team);
        Assert.Contains("wrote 4 of 7 pull requests", page.Document.QuerySelector("#suggestions")?.TextContent, StringComparison.Ordinal);

        await PostAsync(organization, team, "AddRepository", ("repository", $"{organization.RepositoryId}"));
        page = await organization.Browser.GetAsync(team);
        Assert.Null(page.Document.QuerySelector("#suggestions"));
        Assert.Equal("acme/shop", page.Document.QuerySelector("#owns .name-line")?.TextContent);
        await PostAsync(organization, team, "RemoveRepository", ("repository", $"{organization.RepositoryId}"));
        await PostAsync(organization, team, "RemovePerson", ("person", ann));
        page = await organization.Browser.GetAsync(team);
        Assert.Contains("Nobody yet", page.Document.QuerySelector("#members")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing yet", page.Document.QuerySelector("#owns")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_team_owns_what_its_people_clearly_work_on_until_someone_decides()
    {
        var (organization, id) = await FoundAsync();
        var team = await MakeAsync(organization, "Checkout");
        var ann = await WriteAsync(id, organization.RepositoryId, byAnn: 8, byBen: 2);
        await PostAsync(organization, team, "AddPerson", ("person", ann));
        await LinkAsync(id);
        var owns = (await organization.Browser.GetAsync(team)).Document.QuerySelector("#owns")!;
        Assert.Equal("acme/shop", owns.QuerySelector(".name-line")?.TextContent);
        Assert.Contains("automatically", owns.TextContent, StringComparison.Ordinal);

        await PostAsync(organization, team, "RemoveRepository", ("repository", $"{organization.RepositoryId}"));
        await LinkAsync(id);
        Assert.Null((await organization.Browser.GetAsync(team)).Document.QuerySelector("#owns .name-line"));
    }

    [Fact]
    public async Task A_team_that_owns_nothing_shows_no_zeros_but_what_it_may_own_in_one_click()
    {
        var (organization, id) = await FoundAsync(world => world.Change(world.Deploy(1), 1));
        var team = await MakeAsync(organization, "Checkout");
        var key = team[(team.LastIndexOf('/') + 1)..];
        await PostAsync(organization, team, "AddPerson", ("person", await WriteAsync(id, organization.RepositoryId, byAnn: 7, byBen: 3)));
        await LinkAsync(id);
        foreach (var path in new[] { "", "/dora", "/dora/deployment-frequency", "/dora/lead-time", "/dora/change-failure-rate", "/dora/recovery", "/dora/deployments", "/dora/changes", "/builds", "/incidents" })
        {
            var page = await organization.SeeAsync($"{path}?team={key}");
            Assert.True(page.Document.QuerySelector("#owns-nothing") is not null, path);
            Assert.Empty(page.Document.QuerySelectorAll(".kpi-number, veelocity-chart"));
        }

        var answer = await organization.Browser.PressAsync($"/o/{organization.Slug}/dora?team={key}", "#owns-nothing form");
        Assert.Equal($"/o/{organization.Slug}/dora?team={key}", answer.Location);
        Assert.NotNull((await organization.Browser.FollowAsync(answer)).Document.QuerySelector(".kpi-number"));
    }

    [Fact]
    public async Task Another_organization_s_teams_people_and_repositories_are_not_there()
    {
        var (organization, _) = await FoundAsync();
        var (others, theirId) = await FoundAsync();
        var (mine, theirs) = (await MakeAsync(organization, "Checkout"), await MakeAsync(others, "Checkout"));
        var theirTeam = theirs[theirs.LastIndexOf('/')..];
        Assert.Equal(HttpStatusCode.NotFound, (await organization.SeeAsync("/settings/teams" + theirTeam)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(organization, $"/o/{organization.Slug}/settings/teams{theirTeam}", "Archive")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(organization, mine, "AddRepository", ("repository", $"{Repository.IdOf(theirId, "shop")}"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await organization.SeeAsync("?team=" + theirTeam[1..])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await organization.SeeAsync("/dora?team=nonsense")).Status);
    }

    [Fact]
    public async Task A_viewer_sees_teams_and_may_not_change_them()
    {
        var (organization, id) = await FoundAsync();
        var team = await MakeAsync(organization, "Checkout");
        await using (var db = app.Database.Open())
            await db.Memberships.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(m => m.OrganizationId == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, Role.Viewer), Stop);
        foreach (var page in new[] { $"/o/{organization.Slug}/settings/teams", team })
        {
            var seen = await organization.Browser.GetAsync(page);
            Assert.Contains("Checkout", seen.Text, StringComparison.Ordinal);
            Assert.Empty(seen.Document.QuerySelectorAll("main form[method=post]"));
        }
        await PostAsync(organization, team, "Archive");
        Assert.Single((await organization.SeeAsync("/settings/teams")).Document.QuerySelectorAll("#teams tbody tr"));
    }

    [Fact]
    public async Task A_chosen_team_stays_chosen_on_every_page_of_numbers_and_an_archived_one_is_offered_nowhere_but_still_shown()
    {
        var (organization, _) = await FoundAsync(world =>
        {
            for (var day = 1; day <= 6; day++) world.Change(world.Deploy(day), day);
        });
        Assert.Null((await organization.SeeAsync("")).Document.QuerySelector("select#team"));
        var team = await MakeAsync(organization, "Checkout");
        var key = team[(team.LastIndexOf('/') + 1)..];
        foreach (var path in new[] { "", "/dora", "/dora/deployment-frequency", "/dora/lead-time", "/dora/change-failure-rate", "/dora/recovery", "/dora/deployments", "/dora/changes", "/dora/data-quality", "/incidents" })
        {
            var page = await organization.SeeAsync($"{path}?team={key}");
            Assert.Equal((HttpStatusCode.OK, "Checkout"), (page.Status, page.Document.QuerySelector("select#team option[selected]")?.TextContent));
            Assert.Contains($"team={key}", page.Document.QuerySelector("#sidebar a[href*='/dora']")?.GetAttribute("href"), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, (await organization.SeeAsync($"/at-risk?team={key}")).Status);
        var why = await organization.SeeAsync($"/why/deployment-frequency?team={key}");
        Assert.Contains("0 releases", why.Text, StringComparison.Ordinal);
        Assert.Contains("services it owns", why.Text, StringComparison.Ordinal);
        Assert.Contains("6 releases", (await organization.SeeAsync("/why/deployment-frequency?team=none")).Text, StringComparison.Ordinal);

        await PostAsync(organization, team, "AddRepository", ("repository", $"{organization.RepositoryId}"));
        Assert.Contains("6 releases", (await organization.SeeAsync($"/why/deployment-frequency?team={key}")).Text, StringComparison.Ordinal);
        await PostAsync(organization, team, "Archive");
        Assert.Null((await organization.SeeAsync("")).Document.QuerySelector("select#team"));
        Assert.Equal("Checkout (archived)", (await organization.SeeAsync($"?team={key}")).Document.QuerySelector("select#team option[selected]")?.TextContent);
    }

    [Fact]
    public async Task The_tabs_of_DORA_tell_teams_apart_and_each_leads_to_its_own_numbers()
    {
        var (organization, _) = await FoundAsync(world =>
        {
            for (var day = 1; day <= 6; day++) world.Change(world.Deploy(day), day);
        });
        foreach (var name in new[] { "Checkout", "Basket" })
            await PostAsync(organization, await MakeAsync(organization, name), "AddRepository", ("repository", $"{organization.RepositoryId}"));
        foreach (var tab in new[] { "deployment-frequency", "lead-time", "change-failure-rate" })
        {
            var page = await organization.SeeAsync("/dora/" + tab);
            var rows = page.Document.QuerySelectorAll("#by-team tbody tr").ToList();
            Assert.Equal(["Basket", "Checkout"], rows.Select(row => row.QuerySelector(".name-line")!.TextContent));
            var led = await organization.Browser.GetAsync(rows[0].QuerySelector(".name-line")!.GetAttribute("href")!);
            Assert.Equal("Basket", led.Document.QuerySelector("select#team option[selected]")?.TextContent);
            Assert.Null(led.Document.QuerySelector("#by-team"));
            var csv = await organization.SeeAsync($"/dora/{tab}?csv=by-team");
            Assert.Contains("Basket,", csv.Html, StringComparison.Ordinal);
        }
    }

    private async Task<(MeasuredOrganization Organization, Guid Id)> FoundAsync(Action<MeasuredOrganization>? fill = null)
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        fill?.Invoke(organization);
        await organization.SaveAsync();
        await using var db = app.Database.Open();
        return (organization, (await db.Organizations.SingleAsync(o => o.Slug == organization.Slug, Stop)).Id);
    }

    private Task<int> LinkAsync(Guid organizationId) => app.Services.GetRequiredService<TeamLinking>().LinkAsync(organizationId, Stop);

    private static async Task<string> MakeAsync(MeasuredOrganization organization, string name) =>
        (await organization.Browser.SubmitAsync($"/o/{organization.Slug}/settings/teams", ("Name", name))).Location!;

    private static async Task<Seen> PostAsync(MeasuredOrganization organization, string page, string handler, params (string Field, string Value)[] fields)
    {
        var token = (await organization.Browser.GetAsync("/account/change-password")).Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await organization.Browser.PostAsync(
            $"{page}?handler={handler}", [KeyValuePair.Create("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Field, f.Value))]);
    }

    /// <returns>Ann's id as a person.</returns>
    private async Task<string> WriteAsync(Guid organizationId, Guid repositoryId, int byAnn, int byBen)
    {
        await using var db = app.Database.Open();
        var now = DateTimeOffset.UtcNow;
        var number = 1000;
        foreach (var (login, count) in new[] { ("ann", byAnn), ("ben", byBen) })
        {
            var account = Veelocity.Web.Data.Account.IdOf(organizationId, "github", login);
            db.Add(new Person { Id = account, OrganizationId = organizationId, Name = login });
            db.Add(new Veelocity.Web.Data.Account { Id = account, OrganizationId = organizationId, Provider = "github", ExternalId = login, Login = login, PersonId = account });
            for (var i = 0; i < count; i++)
            {
                db.Add(new PullRequest
                {
                    Id = PullRequest.IdOf(repositoryId, ++number),
                    OrganizationId = organizationId,
                    RepositoryId = repositoryId,
                    Number = number,
                    Title = "A change",
                    Url = "https://github.example/pull",
                    State = PullRequestState.Merged,
                    AuthorAccountId = account,
                    CreatedAt = now.AddDays(-3),
                    UpdatedAt = now,
                    MergedAt = now.AddDays(-2),
                    BaseBranch = "main",
                    HeadBranch = "topic",
                    HeadSha = "h",
                });
            }
        }
        await db.SaveChangesAsync(Stop);
        return $"{Veelocity.Web.Data.Account.IdOf(organizationId, "github", "ann")}";
    }
}
