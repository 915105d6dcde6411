using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Pages.Settings;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

/// <summary>What the settings pages do, done by the API.</summary>
public sealed class SettingsTests(TestApp app)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metric_rules_are_read_and_changed_field_by_field()
    {
        var (ada, organization) = await GitHubApp.MemberAsync(app, Role.Manager);
        var before = (await ada.GetAsync("metrics/rules"))!;
        var after = (await ada.AskAsync(HttpMethod.Patch, "metrics/rules", new { bot_pattern = "-robot$", incident_window_hours = 48 }))!;
        Assert.Equal(("-robot$", 48, (string?)before["production_pattern"]), ((string?)after["bot_pattern"], (int)after["incident_window_hours"]!, (string?)after["production_pattern"]));
        Assert.NotNull(after["changed_at"]);
        Assert.Contains(AuditAction.MetricRulesChanged, await ActionsAsync(organization));

        foreach (var (field, body) in new (string, object)[]
        {
            ("bot_pattern", new { bot_pattern = "(?=x)" }), ("incident_window_hours", new { incident_window_hours = 721 }), ("incident_window_hours", new { incident_window_hours = (int?)null }),
            ("production_pattern", new { production_pattern = "" }), ("hotfix_pattern", new { hotfix_pattern = (string?)null }),
        })
            Assert.NotNull((await ada.AskAsync(HttpMethod.Patch, "metrics/rules", body, HttpStatusCode.UnprocessableEntity))!["errors"]![field]);
        Assert.Equal("-robot$", (string?)(await ada.GetAsync("metrics/rules"))!["bot_pattern"]);
    }

    [Fact]
    public async Task People_are_merged_split_kept_apart_and_marked()
    {
        var (ada, organization) = await GitHubApp.MemberAsync(app, Role.Manager);
        var (one, other) = await TwoPeopleAsync(organization);
        await ada.AskAsync(HttpMethod.Post, "people/merge", new { person_ids = new[] { one, other } }, HttpStatusCode.NoContent);
        var merged = Assert.Single((await ada.GetAsync("people?show=several"))!["items"]!.AsArray())!;
        Assert.Equal((one, 2), ((Guid)merged["id"]!, merged["accounts"]!.AsArray().Count));

        var account = (Guid)merged["accounts"]!.AsArray().Single(a => (string?)a!["login"] == "bob")!["id"]!;
        await ada.AskAsync(HttpMethod.Post, "people/split", new { account_id = account }, HttpStatusCode.NoContent);
        var people = (await ada.GetAsync("people"))!["items"]!.AsArray();
        Assert.Equal(2, people.Count);
        await ada.AskAsync(HttpMethod.Post, "people/keep-apart", new { person_ids = people.Select(p => (Guid)p!["id"]!) }, HttpStatusCode.NoContent);
        Assert.Equal(0, (int)(await ada.GetAsync("people/suggestions"))!["total"]!);

        await ada.AskAsync(HttpMethod.Put, $"people/accounts/{account}/kind", new { kind = "bot" }, HttpStatusCode.NoContent);
        var marked = (await ada.GetAsync("people?q=BOB"))!["items"]![0]!["accounts"]![0]!;
        Assert.Equal(("bob", "bot"), ((string?)marked["login"], (string?)marked["marked_as"]));
        Assert.Equal("ada", (string?)(await ada.GetAsync("people?q=ADA"))!["items"]![0]!["accounts"]![0]!["login"]);

        await ada.AskAsync(HttpMethod.Post, "people/merge", new { person_ids = new[] { one, one } }, HttpStatusCode.UnprocessableEntity);
        await ada.AskAsync(HttpMethod.Post, "people/merge", new { person_ids = new[] { one, Guid.NewGuid() } }, HttpStatusCode.Conflict);
        await ada.AskAsync(HttpMethod.Post, "people/split", new { account_id = Guid.NewGuid() }, HttpStatusCode.NotFound);
        var actions = await ActionsAsync(organization);
        Assert.Superset(new HashSet<AuditAction> { AuditAction.PeopleMerged, AuditAction.PeopleSplit, AuditAction.PeopleKeptApart, AuditAction.AccountMarked }, actions);
    }

    [Fact]
    public async Task A_token_is_created_by_who_signed_in_used_listed_and_revoked()
    {
        var (ada, organization) = await GitHubApp.MemberAsync(app, Role.Viewer);
        var created = (await ada.AskAsync(HttpMethod.Post, "tokens", new { name = "CI", expires_at = DateTimeOffset.UtcNow.AddDays(30) }, HttpStatusCode.Created))!;
        var secret = (string)created["token"]!;
        var robot = new Someone(ada.Email, secret, app.Api(secret));
        Assert.Equal(1, (int)(await robot.GetAsync("tokens"))!["total"]!);
        Assert.DoesNotContain(secret, (await ada.GetAsync("tokens"))!.ToJsonString(), StringComparison.Ordinal);
        var refused = await robot.AskAsync(HttpMethod.Post, "tokens", new { name = "Another" }, HttpStatusCode.Forbidden);
        Assert.Equal("token_not_allowed", (string?)refused!["code"]);
        foreach (var bad in new object[] { new { name = "" }, new { name = "Old", expires_at = DateTimeOffset.UtcNow.AddDays(-1) } })
            await ada.AskAsync(HttpMethod.Post, "tokens", bad, HttpStatusCode.UnprocessableEntity);

        await ada.AskAsync(HttpMethod.Delete, $"tokens/{created["id"]}", expected: HttpStatusCode.NoContent);
        await robot.AskAsync(HttpMethod.Get, "tokens", expected: HttpStatusCode.Unauthorized);
        await ada.AskAsync(HttpMethod.Delete, $"tokens/{created["id"]}", expected: HttpStatusCode.NotFound);
        Assert.Superset(new HashSet<AuditAction> { AuditAction.TokenMade, AuditAction.TokenRevoked }, await ActionsAsync(organization));
    }

    [Fact]
    public async Task An_organization_changes_its_name_time_zone_and_working_hours()
    {
        var (ada, organization) = await GitHubApp.MemberAsync(app);
        var changed = (await ada.AskAsync(HttpMethod.Patch, $"organizations/{organization}", new { name = " Initech " }))!;
        Assert.Equal(("Initech", "Europe/Paris"), ((string?)changed["name"], (string?)changed["time_zone"]));
        await ada.AskAsync(HttpMethod.Patch, $"organizations/{organization}", new
        {
            time_zone = "Asia/Tokyo",
            people_numbers = "managers",
            working_hours = new { days = new[] { "monday", "friday" }, from = "08:00:00", to = "12:30:00", holidays = new[] { "2026-12-25" } },
        });
        await using var db = app.Database.Open();
        var stored = await db.Organizations.SingleAsync(o => o.Id == organization, Now);
        Assert.Equal(
            ("Asia/Tokyo", PeopleNumbers.Managers, new TimeOnly(12, 30), 2, 1),
            (stored.TimeZone, stored.PeopleNumbers, stored.WorkingHours.To, stored.WorkingHours.Days.Count, stored.WorkingHours.Holidays.Count));
        foreach (var (field, body) in new (string, object)[]
        {
            ("name", new { name = "" }), ("time_zone", new { time_zone = "Mars/Base" }), ("working_hours", new { working_hours = new { days = Array.Empty<string>(), from = "08:00:00", to = "09:00:00" } }),
            ("working_hours", new { working_hours = new { days = new[] { "monday" }, from = "10:00:00", to = "09:00:00" } }), ("people_numbers", new { people_numbers = "nobody" }),
        })
            Assert.NotNull((await ada.AskAsync(HttpMethod.Patch, $"organizations/{organization}", body, HttpStatusCode.UnprocessableEntity))!["errors"]![field]);
        Assert.Contains(AuditAction.OrganizationChanged, await ActionsAsync(organization));
    }

    [Fact]
    public async Task A_profile_is_changed_and_an_account_deleted_by_who_signed_in()
    {
        var (ada, organization) = await GitHubApp.MemberAsync(app);
        Assert.Equal("Ada King", (string?)(await ada.AskAsync(HttpMethod.Patch, "auth/me", new { full_name = " Ada King " }))!["full_name"]);
        Assert.Equal("Ada King", (string?)(await ada.GetAsync("auth/me"))!["full_name"]);
        await ada.AskAsync(HttpMethod.Patch, "auth/me", new { full_name = "" }, HttpStatusCode.UnprocessableEntity);

        var secret = (string)(await ada.AskAsync(HttpMethod.Post, "tokens", new { name = "CI" }, HttpStatusCode.Created))!["token"]!;
        var robot = new Someone(ada.Email, secret, app.Api(secret));
        await robot.AskAsync(HttpMethod.Patch, "auth/me", new { full_name = "Robot" }, HttpStatusCode.Forbidden);
        await robot.AskAsync(HttpMethod.Delete, "auth/me", new { password = Someone.Password }, HttpStatusCode.Forbidden);

        var wrong = await ada.AskAsync(HttpMethod.Delete, "auth/me", new { password = "not this one" }, HttpStatusCode.UnprocessableEntity);
        Assert.NotNull(wrong!["errors"]!["password"]);
        await ada.AskAsync(HttpMethod.Delete, "auth/me", new { password = Someone.Password }, HttpStatusCode.NoContent);
        await ada.AskAsync(HttpMethod.Get, "auth/me", expected: HttpStatusCode.Unauthorized);
        await using var db = app.Database.Open();
        Assert.False(await db.Users.AnyAsync(u => u.Email == ada.Email, Now));
        Assert.False(await db.Organizations.AnyAsync(o => o.Id == organization, Now));
    }

    [Fact]
    public async Task A_service_is_created_renamed_returned_to_detection_and_deleted()
    {
        var (ada, organization) = await GitHubApp.MemberAsync(app, Role.Manager);
        var repository = await DeliveringAsync(organization);
        var whole = (await ada.GetAsync("services"))!["items"]![0]!;
        Assert.Equal(("acme/shop", 0), ((string?)whole["repo"], whole["paths"]!.AsArray().Count));

        var made = (await ada.AskAsync(HttpMethod.Post, "services", new { repo_id = repository, name = "Checkout", paths = new[] { "checkout/**" } }, HttpStatusCode.Created))!;
        Assert.Equal("Payments", (string?)(await ada.AskAsync(HttpMethod.Patch, $"services/{made["id"]}", new { name = "Payments" }))!["name"]);
        Assert.Equal("checkout/**", (string?)(await ada.GetAsync($"services/{made["id"]}"))!["paths"]![0]);
        Assert.Null((await ada.AskAsync(HttpMethod.Delete, $"services/{made["id"]}/source"))!["chosen_at"]);
        Assert.Equal(1, (int)(await ada.GetAsync("services?q=PAY"))!["total"]!);

        foreach (var (field, body) in new (string, object)[]
        {
            ("repo_id", new { repo_id = Guid.NewGuid(), name = "x", paths = new[] { "x/**" } }), ("paths", new { repo_id = repository, name = "x", paths = Array.Empty<string>() }),
            ("paths", new { repo_id = repository, name = "x", paths = new[] { "/" } }), ("name", new { repo_id = repository, name = "payments", paths = new[] { "x/**" } }),
        })
            Assert.NotNull((await ada.AskAsync(HttpMethod.Post, "services", body, HttpStatusCode.UnprocessableEntity))!["errors"]![field]);
        await ada.AskAsync(HttpMethod.Delete, $"services/{made["id"]}", expected: HttpStatusCode.NoContent);
        await ada.AskAsync(HttpMethod.Delete, $"services/{whole["id"]}", expected: HttpStatusCode.Conflict);
        Assert.Contains(AuditAction.ServiceChanged, await ActionsAsync(organization));
    }

    private async Task<(Guid One, Guid Other)> TwoPeopleAsync(Guid organization)
    {
        await using var db = app.Database.Open();
        var ids = new List<Guid>();
        foreach (var login in new[] { "ada", "bob" })
        {
            var person = new Person { Id = Guid.CreateVersion7(), OrganizationId = organization, Name = login };
            var account = new Veelocity.Web.Data.Account { Id = Veelocity.Web.Data.Account.IdOf(organization, "github", login), OrganizationId = organization, Provider = "github", ExternalId = login, Login = login, PersonId = person.Id };
            db.AddRange(person, account);
            ids.Add(person.Id);
        }
        await db.SaveChangesAsync(Now);
        return (ids[0], ids[1]);
    }

    private async Task<Guid> DeliveringAsync(Guid organization)
    {
        await using var db = app.Database.Open();
        db.OrganizationId = organization;
        var repository = DeliveringRepository.Add(db, organization);
        await db.SaveChangesAsync(Now);
        await app.Services.GetRequiredService<Linker>().LinkAsync(organization, null, Now);
        return repository;
    }

    private async Task<HashSet<AuditAction>> ActionsAsync(Guid organization)
    {
        await using var db = app.Database.Open();
        return [.. await db.AuditEntries.IgnoreQueryFilters().Where(e => e.OrganizationId == organization).Select(e => e.Action).ToListAsync(Now)];
    }
}
