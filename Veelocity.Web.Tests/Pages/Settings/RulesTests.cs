using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Settings;

public sealed class RulesTests(TestApp app)
{
    private static readonly (string, string)[] Defaults =
        [("Form.Production", "^(prod|production|live)"), ("Form.Deploy", "deploy"), ("Form.NotDeploy", ""), ("Form.Label", ""), ("Form.Bot", ""), ("Form.Hotfix", "hotfix"), ("Form.WindowHours", "24")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_pattern_matches_and_would_match_is_shown_before_it_is_saved()
    {
        var (organization, _) = await FoundAsync();
        var fragment = await organization.SeeAsync($"/settings/rules?handler=Preview&rule=production&Form.Production={Uri.EscapeDataString("^stag")}");
        var text = string.Join(' ', fragment.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Matches 3 now, would match 1 of 4 environments", text, StringComparison.Ordinal);
        Assert.Contains("Added: staging-unused-10", text, StringComparison.Ordinal);
        Assert.Contains("Dropped: production-unused-1", text, StringComparison.Ordinal);
        // Without scripts the whole page shows it.
        Assert.Contains("would match 1", string.Join(' ', (await organization.SeeAsync("/settings/rules?Form.Production=%5Estag")).Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Form.Production", "([", "not a regular expression")]
    [InlineData("Form.Deploy", "(?=x)", "Look-ahead")]
    [InlineData("Form.Bot", "((a{100}){100}){100}", "repeats itself")]
    [InlineData("Form.Production", "", "Say how production environments are named")]
    public async Task A_pattern_that_is_wrong_is_explained_at_its_field_and_nothing_saved(string field, string value, string expected)
    {
        var (organization, id) = await FoundAsync();
        var page = await organization.Browser.SubmitAsync($"/o/{organization.Slug}/settings/rules", [.. Defaults.Select(f => f.Item1 == field ? (field, value) : f)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(expected, page.Document.QuerySelector($"#{field.Replace('.', '_')}-error")?.TextContent, StringComparison.Ordinal);
        await using var db = app.Database.Open();
        Assert.Equal(Organization.DefaultDeployPattern, (await db.Organizations.SingleAsync(o => o.Id == id, Stop)).DeployPattern);
    }

    [Fact]
    public async Task M13_a_saved_pattern_links_every_repository_again_and_other_organizations_keep_theirs()
    {
        var (organization, id) = await FoundAsync();
        var (_, otherId) = await FoundAsync();
        await organization.Browser.SubmitAsync($"/o/{organization.Slug}/settings/rules", [.. Defaults.Select(f => f.Item1 == "Form.Production" ? ("Form.Production", "^staging$") : f)]);
        await using var db = app.Database.Open();
        db.OrganizationId = id;
        await Wait.UntilAsync(async () => await db.Services.Select(s => s.SourceName).SingleAsync(Stop) == "staging", "The service keeps its source.");
        db.OrganizationId = otherId;
        Assert.Equal("production", await db.Services.Select(s => s.SourceName).SingleAsync(Stop));
        Assert.Equal(Organization.DefaultProductionPattern, (await db.Organizations.SingleAsync(o => o.Id == otherId, Stop)).ProductionPattern);
    }

    [Fact]
    public async Task A_viewer_sees_the_rules_and_may_not_change_them()
    {
        var (organization, id) = await FoundAsync();
        await using (var db = app.Database.Open())
            await db.Memberships.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(m => m.OrganizationId == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, Role.Viewer), Stop);
        var page = await organization.SeeAsync("/settings/rules");
        Assert.Contains("An Admin or a Manager can change these", page.Text, StringComparison.Ordinal);
        var token = page.Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await organization.Browser.PostAsync($"/o/{organization.Slug}/settings/rules", [KeyValuePair.Create("__RequestVerificationToken", token), .. Defaults.Select(f => KeyValuePair.Create(f.Item1, f.Item2))]);
        await using var look = app.Database.Open();
        Assert.Equal(Organization.DefaultDeployPattern, (await look.Organizations.SingleAsync(o => o.Id == id, Stop)).DeployPattern);
    }

    private async Task<(MeasuredOrganization Organization, Guid Id)> FoundAsync()
    {
        var organization = await MeasuredOrganization.FoundAsync(app);
        await using var db = app.Database.Open();
        var id = (await db.Organizations.SingleAsync(o => o.Slug == organization.Slug, Stop)).Id;
        DeliveringRepository.Add(db, id);
        await db.SaveChangesAsync(Stop);
        await app.Services.GetRequiredService<Linker>().LinkAsync(id, null, Stop);
        return (organization, id);
    }
}
