using System.Net;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Pages.Settings;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

/// <summary>Rules about builds and environments, changed through the API.</summary>
public sealed class RulesTests(TestApp app)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M32_build_patterns_are_changed_field_by_field_and_a_workflow_builds_what_a_member_says()
    {
        var (ada, organization) = await GitHubApp.MemberAsync(app, Role.Manager);
        var before = (await ada.GetAsync("metrics/rules/builds"))!;
        var after = (await ada.AskAsync(HttpMethod.Patch, "metrics/rules/builds", new { not_names = "lint", both_names = (string?)null }))!;
        Assert.Equal(("lint", "", (string?)before["ios_names"]), ((string?)after["not_names"], (string?)after["both_names"], (string?)after["ios_names"]));
        Assert.Equal("lint", (string?)(await ada.GetAsync("metrics/rules/builds"))!["not_names"]);
        var wrong = await ada.AskAsync(HttpMethod.Patch, "metrics/rules/builds", new { ios_jobs = "(?=x)" }, HttpStatusCode.UnprocessableEntity);
        Assert.NotNull(wrong!["errors"]!["ios_jobs"]);
        Assert.Contains(AuditAction.BuildRulesChanged, await ActionsAsync(organization));

        var workflow = await WorkflowAsync(organization);
        var choice = $"metrics/rules/builds/workflows/{workflow}";
        await ada.AskAsync(HttpMethod.Put, choice, new { builds = "both" }, HttpStatusCode.NoContent);
        Assert.Equal(MobilePlatforms.Both, await ChosenAsync(workflow));
        await ada.AskAsync(HttpMethod.Put, choice, new { builds = (string?)null }, HttpStatusCode.NoContent);
        Assert.Null(await ChosenAsync(workflow));
        await ada.AskAsync(HttpMethod.Put, choice, new { builds = "windows" }, HttpStatusCode.UnprocessableEntity);
        await ada.AskAsync(HttpMethod.Put, $"metrics/rules/builds/workflows/{Guid.NewGuid()}", new { builds = "ios" }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task M13_an_environment_is_for_what_a_member_says_until_it_is_left_to_its_name()
    {
        var (ada, organization) = await GitHubApp.MemberAsync(app, Role.Manager);
        await ada.AskAsync(HttpMethod.Put, "metrics/rules/environments", new { name = "eu", use = "production" }, HttpStatusCode.NoContent);
        var rule = Assert.Single((await ada.GetAsync("metrics/rules/environments"))!["items"]!.AsArray())!;
        Assert.Equal(("eu", "production", null), ((string?)rule["name"], (string?)rule["use"], (string?)rule["repository_id"]));
        await ada.AskAsync(HttpMethod.Put, "metrics/rules/environments", new { name = "EU", use = (string?)null }, HttpStatusCode.NoContent);
        Assert.Empty((await ada.GetAsync("metrics/rules/environments"))!["items"]!.AsArray());

        var (_, other) = await GitHubApp.MemberAsync(app, Role.Manager);
        var foreign = await RepositoryAsync(other);
        var wrong = await ada.AskAsync(
            HttpMethod.Put, "metrics/rules/environments", new { name = "eu", use = "ignored", repository_id = foreign }, HttpStatusCode.UnprocessableEntity);
        Assert.NotNull(wrong!["errors"]!["repository_id"]);
        Assert.Contains(AuditAction.EnvironmentChanged, await ActionsAsync(organization));
    }

    private async Task<List<AuditAction>> ActionsAsync(Guid organization)
    {
        await using var db = app.Database.Open();
        db.OrganizationId = organization;
        return await db.AuditEntries.Select(e => e.Action).ToListAsync(Now);
    }

    private async Task<Guid> RepositoryAsync(Guid organization)
    {
        await using var db = app.Database.Open();
        db.OrganizationId = organization;
        var repository = DeliveringRepository.Add(db, organization);
        await db.SaveChangesAsync(Now);
        return repository;
    }

    private async Task<Guid> WorkflowAsync(Guid organization)
    {
        var repository = await RepositoryAsync(organization);
        await using var db = app.Database.Open();
        db.OrganizationId = organization;
        var workflow = new Workflow
        {
            Id = Workflow.IdOf(repository, 7), OrganizationId = organization, RepositoryId = repository, ExternalId = 7,
            Name = "Nightly", Path = ".github/workflows/nightly.yml", State = "active",
        };
        db.Add(workflow);
        await db.SaveChangesAsync(Now);
        return workflow.Id;
    }

    private async Task<MobilePlatforms?> ChosenAsync(Guid workflow)
    {
        await using var db = app.Database.Open();
        return await db.Workflows.IgnoreQueryFilters().Where(w => w.Id == workflow).Select(w => w.ChosenMobile).SingleAsync(Now);
    }
}
