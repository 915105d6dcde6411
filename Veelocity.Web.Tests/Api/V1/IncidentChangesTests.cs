using System.Net;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

public sealed class IncidentChangesTests(TestApp app)
{
    private static readonly DateTimeOffset Started = new(2026, 11, 1, 9, 30, 0, TimeSpan.Zero);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_fields_that_are_sent_change_and_null_clears_one()
    {
        var (ada, organization) = await GitHubApp.MemberAsync(app, Role.Manager);
        var id = await ReportAsync(ada, new { title = "Down", severity = "critical", started_at = Started, resolved_at = Started.AddHours(1), url = "https://status.example/1" });

        var changed = (await ada.AskAsync(HttpMethod.Patch, $"incidents/{id}", new { title = "Checkout down" }))!;
        Assert.Equal(("Checkout down", "critical", "https://status.example/1", 3600), ((string?)changed["title"], (string?)changed["severity"], (string?)changed["url"], (double)changed["seconds"]!));
        changed = (await ada.AskAsync(HttpMethod.Patch, $"incidents/{id}", new { severity = (string?)null, resolved_at = (string?)null }))!;
        Assert.Equal(("Checkout down", null, null), ((string?)changed["title"], (string?)changed["severity"], (string?)changed["resolved_at"]));
        Assert.Contains("Severity: Critical", await AuditAsync(organization), StringComparison.Ordinal);

        await ada.AskAsync(HttpMethod.Patch, $"incidents/{id}", new { title = " " }, HttpStatusCode.UnprocessableEntity);
        await ada.AskAsync(HttpMethod.Patch, $"incidents/{id}", new { started_at = (string?)null }, HttpStatusCode.UnprocessableEntity);
        await ada.AskAsync(HttpMethod.Patch, $"incidents/{Guid.NewGuid()}", new { title = "x" }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_reported_incident_is_reopened_and_deleted()
    {
        var (ada, organization) = await GitHubApp.MemberAsync(app, Role.Manager);
        var id = await ReportAsync(ada, new { title = "Down", started_at = Started, resolved_at = Started.AddHours(1) });
        Assert.Null((await ada.AskAsync(HttpMethod.Post, $"incidents/{id}/reopen"))!["resolved_at"]);
        var open = await ada.AskAsync(HttpMethod.Post, $"incidents/{id}/reopen", expected: HttpStatusCode.Conflict);
        Assert.Equal("already_open", (string?)open!["code"]);

        await ada.AskAsync(HttpMethod.Delete, $"incidents/{id}", expected: HttpStatusCode.NoContent);
        await ada.AskAsync(HttpMethod.Get, $"incidents/{id}", expected: HttpStatusCode.NotFound);
        await ada.AskAsync(HttpMethod.Delete, $"incidents/{id}", expected: HttpStatusCode.NotFound);
        Assert.Contains("Deleted.", await AuditAsync(organization), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_found_in_a_channel_is_not_deleted()
    {
        var (ada, organization) = await GitHubApp.MemberAsync(app, Role.Manager);
        var incident = new Incident { OrganizationId = organization, Title = "Found", Source = "slack", SourceKey = "C1 1", StartedAt = Started, CreatedAt = Started };
        await using (var db = app.Database.Open())
        {
            db.Add(incident);
            await db.SaveChangesAsync(Now);
        }
        var refused = await ada.AskAsync(HttpMethod.Delete, $"incidents/{incident.Id}", expected: HttpStatusCode.Conflict);
        Assert.Equal("detected", (string?)refused!["code"]);
    }

    [Fact]
    public async Task M22_an_incident_returns_to_automatic_linking()
    {
        var (ada, _) = await GitHubApp.MemberAsync(app, Role.Manager);
        var id = await ReportAsync(ada, new { title = "Down", started_at = Started });
        Assert.Equal("person", (string?)(await ada.AskAsync(HttpMethod.Post, $"incidents/{id}/unlink"))!["link_method"]);
        Assert.Null((await ada.AskAsync(HttpMethod.Post, $"incidents/{id}/automatic-link"))!["link_method"]);
    }

    [Fact]
    public async Task Incidents_are_filtered_by_start_title_and_service()
    {
        var (ada, _) = await GitHubApp.MemberAsync(app, Role.Manager);
        await ReportAsync(ada, new { title = "Checkout 100% down", started_at = Started });
        await ReportAsync(ada, new { title = "Search slow", started_at = Started.AddDays(1) });
        Assert.Equal(1, (int)(await ada.GetAsync("incidents?q=checkout"))!["total"]!);
        Assert.Equal(0, (int)(await ada.GetAsync("incidents?q=%25d%25"))!["total"]!);
        Assert.Equal(1, (int)(await ada.GetAsync("incidents?since=2026-11-02T00:00:00Z"))!["total"]!);
        Assert.Equal(2, (int)(await ada.GetAsync("incidents?since=2026-11-01T09:30:00Z"))!["total"]!);
    }

    private static async Task<Guid> ReportAsync(Someone ada, object incident) =>
        (Guid)(await ada.AskAsync(HttpMethod.Post, "incidents", incident, HttpStatusCode.Created))!["id"]!;

    private async Task<string> AuditAsync(Guid organization)
    {
        await using var db = app.Database.Open();
        return string.Join('\n', await db.AuditEntries.IgnoreQueryFilters().Where(e => e.OrganizationId == organization).Select(e => e.Detail).ToListAsync(Now));
    }
}
