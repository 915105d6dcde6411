using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Settings;

public sealed class PeopleTests(TestApp app)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accounts_with_an_address_in_common_are_one_person_and_names_are_only_suggested()
    {
        var (organization, id) = await FoundAsync();
        Assert.Equal(["ann, ann@home.test.org", "ann-lee-2", "ben", "renovate"], await PeopleAsync(id));
        var page = await organization.SeeAsync("/settings/people");
        Assert.Contains("Ann Lee", page.Document.QuerySelector("#suggestions")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("renovate", (await organization.SeeAsync("/settings/people?show=bots")).Document.QuerySelector("#people tbody .name-line")?.TextContent);
        Assert.Equal(1, (await organization.SeeAsync("/settings/people?q=BEN")).Document.QuerySelectorAll("#people tbody tr").Length);
    }

    [Fact]
    public async Task Merged_and_split_by_hand_stays_so_through_every_linking()
    {
        var (organization, id) = await FoundAsync();
        await PostAsync(organization, "Merge", ("person", await PersonOfAsync(id, "ann")), ("person", await PersonOfAsync(id, "ben")));
        await LinkAsync(id);
        Assert.Equal(["ann, ann@home.test.org, ben", "ann-lee-2", "renovate"], await PeopleAsync(id));

        await PostAsync(organization, "Split", ("account", Veelocity.Web.Data.Account.IdOf(id, "git", "ann@home.test.org").ToString()));
        await LinkAsync(id);
        Assert.Equal(["ann, ben", "ann-lee-2", "ann@home.test.org", "renovate"], await PeopleAsync(id));
        await using var db = app.Database.Open();
        db.OrganizationId = id;
        Assert.Equal(3, await db.Accounts.CountAsync(a => a.PersonDecidedByUserId != null && a.PersonDecidedAt != null, Stop));
    }

    [Fact]
    public async Task A_split_account_stays_split_although_it_shares_an_address()
    {
        var (organization, id) = await FoundAsync();
        await PostAsync(organization, "Split", ("account", Veelocity.Web.Data.Account.IdOf(id, "git", "ann@home.test.org").ToString()));
        await LinkAsync(id);
        Assert.Equal(["ann", "ann-lee-2", "ann@home.test.org", "ben", "renovate"], await PeopleAsync(id));
    }

    [Fact]
    public async Task All_suggestions_are_merged_with_one_click_and_namesakes_show_their_login_until_then()
    {
        var (organization, id) = await FoundAsync();
        var page = await organization.SeeAsync("/settings/people");
        Assert.Contains("Ann Lee (ann)", page.Document.QuerySelector("#suggestions")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ann Lee (ann-lee-2)", page.Document.QuerySelector("#people")?.TextContent, StringComparison.Ordinal);

        await PostAsync(organization, "MergeAll");
        await LinkAsync(id);
        Assert.Equal(["ann, ann-lee-2, ann@home.test.org", "ben", "renovate"], await PeopleAsync(id));
        page = await organization.SeeAsync("/settings/people");
        Assert.Null(page.Document.QuerySelector("#suggestions"));
        Assert.DoesNotContain("Ann Lee (", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_said_to_be_different_are_not_suggested_again()
    {
        var (organization, id) = await FoundAsync();
        await PostAsync(organization, "Apart", ("one", await PersonOfAsync(id, "ann")), ("other", await PersonOfAsync(id, "ann-lee-2")));
        Assert.Null((await organization.SeeAsync("/settings/people")).Document.QuerySelector("#suggestions"));
    }

    [Fact]
    public async Task M29_a_bot_by_pattern_or_by_hand_is_left_out_of_lead_time()
    {
        var (organization, id) = await FoundAsync();
        await using var db = app.Database.Open();
        db.OrganizationId = id;
        Assert.True((await db.Accounts.SingleAsync(a => a.Login == "renovate", Stop)).IsBot);
        await PostAsync(organization, "Mark", ("account", Veelocity.Web.Data.Account.IdOf(id, "github", "1").ToString()), ("kind", "Bot"));
        await Wait.UntilAsync(() => db.DeployedChanges.AnyAsync(c => c.LeftOut == LeftOut.Bot, Stop), "The bot's changes stay in.");
    }

    [Fact]
    public async Task A_viewer_sees_people_without_addresses_and_may_not_change_them()
    {
        var (organization, id) = await FoundAsync();
        await using (var db = app.Database.Open())
            await db.Memberships.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(m => m.OrganizationId == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, Role.Viewer), Stop);
        var page = await organization.SeeAsync("/settings/people");
        Assert.Contains("Ann Lee", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("home.test.org", page.Html, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main form[method=post]"));
        await PostAsync(organization, "Merge", ("person", await PersonOfAsync(id, "ann")), ("person", await PersonOfAsync(id, "ben")));
        Assert.Equal(4, (await PeopleAsync(id)).Count);
    }

    [Fact]
    public async Task People_of_another_organization_are_out_of_reach()
    {
        var (organization, id) = await FoundAsync();
        var (_, otherId) = await FoundAsync();
        await PostAsync(organization, "Merge", ("person", await PersonOfAsync(id, "ann")), ("person", await PersonOfAsync(otherId, "ben")));
        await PostAsync(organization, "Merge", ("person", await PersonOfAsync(otherId, "ann")), ("person", await PersonOfAsync(otherId, "ben")));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(organization, "Split", ("account", Veelocity.Web.Data.Account.IdOf(otherId, "github", "1").ToString()))).Status);
        Assert.Equal(4, (await PeopleAsync(otherId)).Count);
        Assert.Equal(4, (await PeopleAsync(id)).Count);
    }

    private static async Task<Seen> PostAsync(MeasuredOrganization organization, string handler, params (string Field, string Value)[] fields)
    {
        var token = (await organization.Browser.GetAsync("/account/change-password")).Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await organization.Browser.PostAsync(
            $"/o/{organization.Slug}/settings/people?handler={handler}", [KeyValuePair.Create("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Field, f.Value))]);
    }

    private async Task<string> PersonOfAsync(Guid organizationId, string login)
    {
        await using var db = app.Database.Open();
        db.OrganizationId = organizationId;
        return $"{(await db.Accounts.SingleAsync(a => a.Login == login, Stop)).PersonId}";
    }

    private async Task<List<string>> PeopleAsync(Guid organizationId)
    {
        await using var db = app.Database.Open();
        db.OrganizationId = organizationId;
        var accounts = await db.Accounts.AsNoTracking().ToListAsync(Stop);
        return [.. accounts.GroupBy(a => a.PersonId).Select(g => string.Join(", ", g.Select(a => a.Login).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal)];
    }

    private Task<LinkResult> LinkAsync(Guid organizationId) => app.Services.GetRequiredService<Linker>().LinkAsync(organizationId, null, Stop);

    // ann commits under her address once with her login and once without; renovate is called a user by its provider.
    private async Task<(MeasuredOrganization Organization, Guid Id)> FoundAsync()
    {
        var organization = await MeasuredOrganization.FoundAsync(app);
        await using var db = app.Database.Open();
        var id = (await db.Organizations.SingleAsync(o => o.Slug == organization.Slug, Stop)).Id;
        var repository = DeliveringRepository.Add(db, id);
        foreach (var entry in db.ChangeTracker.Entries<Veelocity.Web.Data.Account>().ToList()) entry.State = EntityState.Detached;
        foreach (var (external, login, name) in new[] { ("1", "ann", "Ann Lee"), ("2", "ben", "Ben Ode"), ("3", "renovate", null), ("4", "ann-lee-2", "Ann Lee") })
            db.Add(new Veelocity.Web.Data.Account { Id = Veelocity.Web.Data.Account.IdOf(id, "github", external), OrganizationId = id, Provider = "github", ExternalId = external, Login = login, Name = name });
        foreach (var (sha, author) in new[] { ("x1", Veelocity.Web.Data.Account.IdOf(id, "github", "1")), ("x2", (Guid?)null) })
            db.Add(new Commit { OrganizationId = id, RepositoryId = repository, Sha = sha, Headline = "x", AuthoredAt = DateTimeOffset.UnixEpoch, CommittedAt = DateTimeOffset.UnixEpoch, AuthorAccountId = author, AuthorName = "Ann", AuthorEmail = "Ann@home.test.org" });
        await db.SaveChangesAsync(Stop);
        await LinkAsync(id);
        return (organization, id);
    }
}
