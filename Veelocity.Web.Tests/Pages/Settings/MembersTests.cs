using System.Net;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Settings;

public sealed class MembersTests(TestApp app)
{
    [Fact]
    public async Task A_manager_says_who_a_member_is_and_an_equal_email_only_suggests_it()
    {
        var organization = await WorkingOrganization.FoundAsync(app);
        var viewer = await organization.MemberAsync(Role.Viewer);
        await using (var db = app.Database.Open())
            await db.Accounts.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(a => a.PersonId == organization.Bob)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Email, viewer.Email), TestContext.Current.CancellationToken);
        using var browser = await organization.BrowserOfAsync(await organization.MemberAsync(Role.Manager));
        var path = $"/o/{organization.Slug}/settings/members";

        var page = await browser.GetAsync(path);
        Assert.Contains("Same email as Bob Ross", page.Text, StringComparison.Ordinal);
        Assert.Null(await PersonOfAsync(viewer));
        var user = await IdOfAsync(viewer);
        await browser.SubmitAsync(path, ("member", $"{user}"), ("person", $"{organization.Bob}"));
        Assert.Equal(organization.Bob, await PersonOfAsync(viewer));
        page = await browser.GetAsync(path);
        Assert.DoesNotContain("Same email as", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_members_are_not_one_person_and_another_organizations_person_is_not_there()
    {
        var (ours, theirs) = (await WorkingOrganization.FoundAsync(app), await WorkingOrganization.FoundAsync(app));
        await ours.MemberAsync(Role.Viewer, ours.Bob);
        using var browser = await ours.BrowserOfAsync(ours.Admin);
        var (path, user) = ($"/o/{ours.Slug}/settings/members", await IdOfAsync(ours.Admin));

        await browser.SubmitAsync(path, ("member", $"{user}"), ("person", $"{ours.Bob}"));
        Assert.Null(await PersonOfAsync(ours.Admin));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.SubmitAsync(path, ("member", $"{user}"), ("person", $"{theirs.Bob}"))).Status);
        Assert.Null(await PersonOfAsync(ours.Admin));
    }

    [Fact]
    public async Task Only_an_admin_chooses_who_sees_numbers_of_single_people_and_a_viewer_chooses_nobody()
    {
        var organization = await WorkingOrganization.FoundAsync(app);
        var path = $"/o/{organization.Slug}/settings/members";
        foreach (var role in new[] { Role.Viewer, Role.Manager })
        {
            var someone = await organization.MemberAsync(role);
            using var other = await organization.BrowserOfAsync(someone);
            Assert.Empty((await other.GetAsync(path)).Document.QuerySelectorAll("#people-numbers button"));
            await PostAsync(other, path, "Sight", ("numbers", "Oneself"));
            if (role == Role.Viewer) await PostAsync(other, path, "Person", ("member", $"{await IdOfAsync(someone)}"), ("person", $"{organization.Ada}"));
            Assert.Null(await PersonOfAsync(someone));
        }
        Assert.Equal(PeopleNumbers.Everyone, await NumbersAsync(organization));
        using var admin = await organization.BrowserOfAsync(organization.Admin);
        await admin.SubmitAsync(path, ("numbers", "Managers"));
        Assert.Equal(PeopleNumbers.Managers, await NumbersAsync(organization));
    }

    private static async Task PostAsync(Browser browser, string path, string handler, params IEnumerable<(string Field, string Value)> fields)
    {
        var page = await browser.GetAsync(path);
        var token = page.Document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";
        var answer = await browser.PostAsync(
            $"{path}?handler={handler}", [new("__RequestVerificationToken", token), .. fields.Select(field => KeyValuePair.Create(field.Field, field.Value))]);
        Assert.NotEqual(HttpStatusCode.OK, answer.Status);
    }

    private async Task<Guid> IdOfAsync(Someone someone)
    {
        await using var db = app.Database.Open();
        return (await db.Users.SingleAsync(u => u.Email == someone.Email)).Id;
    }

    private async Task<Guid?> PersonOfAsync(Someone someone)
    {
        var id = await IdOfAsync(someone);
        await using var db = app.Database.Open();
        return (await db.Memberships.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).SingleAsync(m => m.UserId == id)).PersonId;
    }

    private async Task<PeopleNumbers> NumbersAsync(WorkingOrganization organization)
    {
        await using var db = app.Database.Open();
        return (await db.Organizations.SingleAsync(o => o.Slug == organization.Slug)).PeopleNumbers;
    }
}
