using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Settings;

public sealed class ServicesTests(TestApp app)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M8_candidate_sources_are_listed_with_evidence_and_the_active_one_is_marked()
    {
        var acme = await DeliverAsync();
        var page = await acme.Browser.GetAsync(acme.Path);
        var rows = page.Document.QuerySelectorAll("#sources tbody tr").Select(row => string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Equal(5, rows.Count);
        Assert.StartsWith("Environment production", rows[0], StringComparison.Ordinal);
        Assert.Contains("3 runs, 100 % succeeded", rows[0], StringComparison.Ordinal);
        Assert.Contains("Active", rows[0], StringComparison.Ordinal);
        Assert.Contains(rows, row => row.StartsWith("Environment staging", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("Releases", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("Merged pull requests labelled release", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("Merged pull requests An estimate", StringComparison.Ordinal) && row.Contains("10 releases", StringComparison.Ordinal));
        Assert.Contains("Found by itself: environment production: 3 deployments in the last 90 days", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Releases", "")]
    [InlineData("MergedPullRequests", "")]
    [InlineData("MergedPullRequests", "release")]
    [InlineData("Environment", "staging")]
    public async Task What_a_source_would_give_is_what_it_gives_once_chosen(string source, string name)
    {
        var acme = await DeliverAsync();
        var row = (await acme.Browser.GetAsync(acme.Path)).Document.QuerySelectorAll("#sources tbody tr")
            .Single(r => r.QuerySelector("[name='From.Type']")?.GetAttribute("value") == source && (r.QuerySelector("[name='From.Name']")?.GetAttribute("value") ?? "") == name);
        var expected = row.QuerySelectorAll("td.num[title], td.lead").Select(cell => cell.TextContent.Trim()).ToList();

        var answer = await acme.Browser.SubmitAsync(acme.Path, ("From.Type", source), ("From.Name", name));
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);

        var active = (await acme.Browser.GetAsync(acme.Path)).Document.QuerySelectorAll("#sources tbody tr").Single(r => r.TextContent.Contains("Active", StringComparison.Ordinal));
        Assert.Equal(expected, active.QuerySelectorAll("td.num[title], td.lead").Select(cell => cell.TextContent.Trim()));
        await using var db = app.Database.Open();
        db.OrganizationId = acme.OrganizationId;
        var releases = await db.Deployments.CountAsync(d => d.IsProduction && d.IsRelease, Stop);
        var leads = await db.DeployedChanges.CountAsync(c => c.LeftOut == null, Stop);
        Assert.Contains($"{releases} release", expected[0], StringComparison.Ordinal);
        Assert.Contains($"{leads} change", expected[1], StringComparison.Ordinal);
        Assert.Equal(acme.UserName, (await db.Services.Join(db.Users, s => s.ChosenByUserId, u => u.Id, (_, u) => u.FullName).SingleAsync(Stop)));
    }

    [Fact]
    public async Task M8_back_to_automatic_takes_the_detected_source_again()
    {
        var acme = await DeliverAsync();
        await acme.Browser.SubmitAsync(acme.Path, ("From.Type", "Releases"), ("From.Name", ""));
        var page = await acme.Browser.GetAsync(acme.Path);
        var form = page.Document.QuerySelectorAll("form").Single(f => f.TextContent.Contains("Back to automatic", StringComparison.Ordinal));
        await acme.Browser.PostAsync(form.GetAttribute("action")!, [KeyValuePair.Create("__RequestVerificationToken", form.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!)]);
        await using var db = app.Database.Open();
        db.OrganizationId = acme.OrganizationId;
        var service = await db.Services.SingleAsync(Stop);
        Assert.Equal((DeploymentSource.Environment, "production", (DateTimeOffset?)null), (service.Source, service.SourceName, service.ChosenAt));
        Assert.Equal(3, await db.Deployments.CountAsync(d => d.IsProduction, Stop));
    }

    [Fact]
    public async Task A_typed_source_is_previewed_and_then_chosen()
    {
        var acme = await DeliverAsync();
        var preview = await acme.Browser.GetAsync($"{acme.Path}?From.Type=Environment&From.Name=Staging");
        Assert.Contains("1 deployment in 90 days", preview.Document.QuerySelector("#preview")?.TextContent, StringComparison.Ordinal);
        await using var db = app.Database.Open();
        db.OrganizationId = acme.OrganizationId;
        Assert.Null((await db.Services.AsNoTracking().SingleAsync(Stop)).ChosenAt);

        await acme.Browser.SubmitAsync(acme.Path, ("From.Type", "Environment"), ("From.Name", "Staging"), ("From.Also", "production"));
        Assert.Equal(["staging", "production"], (await db.Services.AsNoTracking().SingleAsync(Stop)).ReadFrom.Names);
        Assert.Equal(4, await db.Deployments.CountAsync(d => d.IsProduction && d.IsRelease, Stop));
    }

    [Theory]
    [InlineData("Workflow", "ship.yml", "From_Name-error", "no workflow ship.yml")]
    [InlineData("Environment", "", "From_Name-error", "Name the environment")]
    [InlineData("Environment", "moon", "From_Name-error", "no environment moon")]
    public async Task A_source_that_is_not_there_is_rejected_at_its_field(string type, string name, string field, string message)
    {
        var acme = await DeliverAsync();
        var answer = await acme.Browser.SubmitAsync(acme.Path, ("From.Type", type), ("From.Name", name));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(message, answer.Document.QuerySelector($"[id='{field}']")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M8_a_source_that_becomes_more_likely_is_offered_with_a_preview_and_one_click()
    {
        var acme = await DeliverAsync();
        await acme.Browser.SubmitAsync(acme.Path, ("From.Type", "Releases"), ("From.Name", ""));
        Assert.Null((await acme.Browser.GetAsync(acme.Path)).Document.QuerySelector("#findings")); // known when it was chosen
        await using var db = app.Database.Open();
        db.OrganizationId = acme.OrganizationId;
        foreach (var deployment in await db.EnvironmentDeployments.ToListAsync(Stop))
        {
            var id = EnvironmentDeployment.IdOf(acme.RepositoryId, deployment.ExternalId + 1000);
            db.AddRange(
                new EnvironmentDeployment { Id = id, OrganizationId = acme.OrganizationId, RepositoryId = acme.RepositoryId, ExternalId = deployment.ExternalId + 1000, NodeId = "n", Environment = "live", Sha = deployment.Sha, CreatedAt = deployment.CreatedAt },
                new EnvironmentDeploymentStatus { OrganizationId = acme.OrganizationId, EnvironmentDeploymentId = id, ExternalId = "s", State = "success", CreatedAt = deployment.CreatedAt.AddHours(1) });
        }
        await db.SaveChangesAsync(Stop);
        await app.Services.GetRequiredService<Linker>().LinkAsync(acme.OrganizationId, null, Stop);

        var findings = (await acme.Browser.GetAsync(acme.Path)).Document.QuerySelector("#findings");
        Assert.Contains("looks more like the deployments of shop", findings?.TextContent, StringComparison.Ordinal);
        await acme.Browser.PressAsync(acme.Path, "#findings form");
        Assert.Equal(DeploymentSource.Environment, (await db.Services.AsNoTracking().SingleAsync(Stop)).Source);
        Assert.Null((await acme.Browser.GetAsync(acme.Path)).Document.QuerySelector("#findings"));
    }

    [Fact]
    public async Task A_viewer_reads_and_may_not_choose()
    {
        var acme = await DeliverAsync();
        await acme.ChangeRoleAsync(Role.Viewer);
        var page = await acme.Browser.GetAsync(acme.Path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Empty(page.Document.QuerySelectorAll("main form[method=post] button"));
        var token = (await acme.Browser.GetAsync("/account/change-password")).Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var answer = await acme.Browser.PostAsync($"{acme.Path}?handler=Choose", [KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("From.Type", "Releases")]);
        Assert.NotEqual(HttpStatusCode.OK, answer.Status);
        await using var db = app.Database.Open();
        db.OrganizationId = acme.OrganizationId;
        Assert.Null((await db.Services.SingleAsync(Stop)).ChosenAt);
    }

    [Fact]
    public async Task A_service_of_another_organization_is_not_found()
    {
        var (acme, other) = (await DeliverAsync(), await DeliverAsync());
        var foreign = acme.Path.Replace($"/services/{acme.ServiceId}", $"/services/{other.ServiceId}", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Browser.GetAsync(foreign)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Browser.GetAsync($"{foreign}?handler=Sources")).Status);
    }

    [Fact]
    public async Task Paths_are_tried_before_they_are_saved()
    {
        var acme = await DeliverAsync();
        await using (var db = app.Database.Open())
        {
            foreach (var number in Enumerable.Range(1, 4))
                db.Add(new PullRequestPaths { PullRequestId = PullRequest.IdOf(acme.RepositoryId, number), OrganizationId = acme.OrganizationId, RepositoryId = acme.RepositoryId, Paths = ["apps/web/a.ts"], IsComplete = true });
            await db.SaveChangesAsync(Stop);
        }
        // The paths are read with the facts only once the repository is split.
        await acme.Browser.SubmitAsync(acme.Path, ("Name", "web"), ("Globs", "apps/web/**"));
        var fragment = await acme.Browser.GetAsync($"{acme.Path}?handler=Sources&globs={Uri.EscapeDataString("apps/api/**")}");
        Assert.Contains("0 of 10 pull requests", fragment.Text, StringComparison.Ordinal);
        Assert.Contains("4 of 10 pull requests", (await acme.Browser.GetAsync(acme.Path)).Text, StringComparison.Ordinal);
        var wrong = await acme.Browser.SubmitAsync(acme.Path, ("Name", ""), ("Globs", "apps/web/**"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("Give the service a name", wrong.Document.QuerySelector("#Name-error")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M13_a_persons_word_on_an_environment_goes_before_the_pattern()
    {
        var acme = await DeliverAsync();
        await acme.Browser.SubmitAsync(acme.Path, ("uses[production]", "Ignored"), ("uses[staging]", "Production"));
        await using var look = app.Database.Open();
        look.OrganizationId = acme.OrganizationId;
        Assert.Equal("staging", (await look.Services.SingleAsync(Stop)).SourceName);
        Assert.DoesNotContain(await look.Deployments.ToListAsync(Stop), d => d.Environment == "production");
    }

    private async Task<Delivering> DeliverAsync()
    {
        var someone = await app.SomeoneAsync();
        var founded = await someone.FoundAsync("Acme");
        var (id, slug) = (founded.GetProperty("id").GetGuid(), founded.GetProperty("slug").GetString()!);
        Guid repositoryId;
        await using (var db = app.Database.Open())
        {
            repositoryId = DeliveringRepository.Add(db, id);
            await db.SaveChangesAsync(Stop);
        }
        await app.Services.GetRequiredService<Linker>().LinkAsync(id, null, Stop);
        var browser = app.Browser();
        await browser.SignInAsync(someone);
        return new(app, browser, id, repositoryId, Service.IdOf(repositoryId), $"/o/{slug}/settings/services/{Service.IdOf(repositoryId)}");
    }

    private sealed record Delivering(TestApp App, Browser Browser, Guid OrganizationId, Guid RepositoryId, Guid ServiceId, string Path)
    {
        public string UserName => "Ada Lovelace";

        public async Task ChangeRoleAsync(Role role)
        {
            await using var db = App.Database.Open();
            await db.Memberships.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(m => m.OrganizationId == OrganizationId)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, role), Stop);
        }
    }
}
