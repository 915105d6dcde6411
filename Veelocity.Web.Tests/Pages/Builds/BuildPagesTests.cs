using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Builds;

public sealed class BuildPagesTests(TestApp app)
{
    private static readonly string[] Fields =
        ["IosNames", "AndroidNames", "BothNames", "IosContents", "AndroidContents", "BothContents", "NotNames", "IosJobs", "AndroidJobs"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_builds_the_page_says_what_to_do()
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        var page = await organization.SeeAsync("/builds");
        Assert.Contains("No mobile build found yet", page.Text, StringComparison.Ordinal);
        Assert.Equal($"/o/{organization.Slug}/settings/mobile-builds", page.Document.QuerySelector("#main a.btn-primary")?.GetAttribute("href"));
    }

    [Fact]
    public async Task The_platform_stands_in_the_address_and_in_every_number()
    {
        var (organization, _) = await WithRunsAsync();
        var all = await organization.SeeAsync("/builds");
        Assert.Equal("80 %", Number(all, "#kpi-build-success"));
        Assert.Contains("60 % at the first try", all.Document.QuerySelector("#kpi-build-success .kpi-n")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(6, all.Document.QuerySelectorAll("#latest tbody tr").Length);
        Assert.Contains("Unit tests", all.Document.QuerySelector("#causes tbody tr")?.TextContent, StringComparison.Ordinal);
        Assert.Single(all.Document.QuerySelectorAll("#flaky tbody tr"));

        // The period's trend is about its builds a day, not about today's.
        var today = all.Document.QuerySelector("#kpi-builds-today")!;
        Assert.Contains("yesterday", today.QuerySelector(".kpi-n")?.TextContent, StringComparison.Ordinal);
        Assert.Null(today.QuerySelector(".trend .icon, svg.spark"));

        var ios = await organization.SeeAsync("/builds?platform=ios");
        Assert.Equal("67 %", Number(ios, "#kpi-build-success"));
        Assert.Equal("true", ios.Document.QuerySelector("#platform-ios")?.GetAttribute("aria-current"));
        Assert.All(ios.Document.QuerySelectorAll("main a[data-why]"), link => Assert.Contains("platform=ios", link.GetAttribute("href"), StringComparison.Ordinal));
        var why = await organization.SeeAsync("/why/build-success-rate?platform=ios");
        Assert.Contains("2 succeeded ÷ 3 completed runs = 67 %", why.Text, StringComparison.Ordinal);
        Assert.Equal(2, why.Document.QuerySelectorAll(".why-rows > li").Length);
        var failed = await organization.SeeAsync(ios.Document.QuerySelector("#causes tbody a")!.GetAttribute("href")![$"/o/{organization.Slug}".Length..]);
        Assert.Equal(2, failed.Document.QuerySelectorAll("#builds tbody tr").Length);
        Assert.StartsWith("started_at,finished_at,repository,workflow,title,platform", (await organization.SeeAsync("/builds/runs?format=csv")).Html, StringComparison.Ordinal);
        Assert.StartsWith("of,measure,value", (await organization.SeeAsync("/builds?csv=causes")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_rules_would_find_is_shown_before_it_is_saved_and_builds_follow_when_it_is()
    {
        var (organization, id) = await WithRunsAsync();
        var preview = await organization.SeeAsync("/settings/mobile-builds?handler=Preview&Form.NotNames=android");
        Assert.Contains("Finds 2 now, would find 1 of 3 workflows", Squeezed(preview.Text), StringComparison.Ordinal);
        Assert.Contains("Dropped: Android", Squeezed(preview.Text), StringComparison.Ordinal);
        var wrong = await organization.Browser.SubmitAsync($"/o/{organization.Slug}/settings/mobile-builds", [.. Fields.Select(f => ($"Form.{f}", f == "NotNames" ? "([" : "x"))]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);

        await organization.Browser.SubmitAsync($"/o/{organization.Slug}/settings/mobile-builds", [.. Fields.Select(f => ($"Form.{f}", f == "AndroidNames" ? "android" : ""))]);
        await using var db = app.Database.Open();
        db.OrganizationId = id;
        await Wait.UntilAsync(async () => !await db.Builds.AnyAsync(b => b.Platform == BuildPlatform.Ios, Stop), "The builds do not follow.");
        Assert.Equal([BuildPlatform.Android, BuildPlatform.Android], await db.Builds.Select(b => b.Platform).ToListAsync(Stop));
    }

    [Fact]
    public async Task A_person_says_of_one_workflow_what_it_builds_and_a_viewer_may_not()
    {
        var (organization, id) = await WithRunsAsync();
        await using var db = app.Database.Open();
        db.OrganizationId = id;
        var workflow = await db.Workflows.SingleAsync(w => w.Name == "CI", Stop);
        var page = await organization.SeeAsync("/settings/mobile-builds");
        var token = page.Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        KeyValuePair<string, string>[] form = [new("__RequestVerificationToken", token), new($"choices[{workflow.Id}]", "Android"), new("page", "1")];
        await organization.Browser.PostAsync($"/o/{organization.Slug}/settings/mobile-builds?handler=Choose", form);
        Assert.Equal(3, await db.Builds.CountAsync(b => b.Platform == BuildPlatform.Android, Stop));

        await db.Memberships.Where(m => m.OrganizationId == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, Role.Viewer), Stop);
        form[1] = new($"choices[{workflow.Id}]", "None");
        await organization.Browser.PostAsync($"/o/{organization.Slug}/settings/mobile-builds?handler=Choose", form);
        Assert.Equal(3, await db.Builds.CountAsync(b => b.Platform == BuildPlatform.Android, Stop));
    }

    private async Task<(MeasuredOrganization Organization, Guid Id)> WithRunsAsync()
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        await using var db = app.Database.Open();
        var id = (await db.Organizations.SingleAsync(o => o.Slug == organization.Slug, Stop)).Id;
        var number = 0L;
        foreach (var (workflow, conclusions) in new[] { ("iOS build", "success failure+success failure"), ("Android build", "success success"), ("CI", "success") })
        {
            var workflowId = Workflow.IdOf(organization.RepositoryId, ++number);
            db.Add(new Workflow { Id = workflowId, OrganizationId = id, RepositoryId = organization.RepositoryId, ExternalId = number, Name = workflow, Path = $".github/workflows/{number}.yml", State = "active" });
            foreach (var run in conclusions.Split(' '))
            {
                number++;
                foreach (var (conclusion, attempt) in run.Split('+').Select((conclusion, at) => (conclusion, at + 1))) AddRun(db, id, organization.RepositoryId, workflowId, number, attempt, conclusion);
            }
        }
        await db.SaveChangesAsync(Stop);
        await app.Services.GetRequiredService<Linker>().LinkAsync(id, null, Stop);
        return (organization, id);
    }

    private static void AddRun(VeelocityDb db, Guid organization, Guid repository, Guid workflow, long run, int attempt, string conclusion)
    {
        var at = DateTimeOffset.UtcNow.AddDays(-2).AddMinutes(run + 60 * attempt);
        var id = WorkflowRun.IdOf(repository, run, attempt);
        db.Add(new WorkflowRun
        {
            Id = id,
            OrganizationId = organization,
            RepositoryId = repository,
            WorkflowId = workflow,
            ExternalId = run,
            Attempt = attempt,
            Title = $"Run {run}",
            Url = "https://x",
            Event = "push",
            HeadBranch = "main",
            HeadSha = $"{run:x8}",
            Status = "completed",
            Conclusion = conclusion,
            CreatedAt = at,
            StartedAt = at,
            CompletedAt = at.AddMinutes(10),
        });
        db.Add(new WorkflowJob
        {
            OrganizationId = organization,
            RunId = id,
            ExternalId = run * 10 + attempt,
            Name = "build",
            Status = "completed",
            Conclusion = conclusion,
            StartedAt = at.AddMinutes(1),
            CompletedAt = at.AddMinutes(10),
            FailedStep = conclusion == "failure" ? "Unit tests" : null,
        });
    }

    private static string? Number(Seen page, string card) => page.Document.QuerySelector($"{card} .kpi-number")?.TextContent.Trim();

    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
