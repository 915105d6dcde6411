using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Organizations.Deletion;

public sealed class OrganizationDeletionTests(TestApp app)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_rows_of_every_table_go_and_all_of_another_organization_stay()
    {
        var (_, browser, id, slug) = await FoundAsync("Acme");
        using var _b = browser;
        var (_, others, other, _) = await FoundAsync("Acme");
        others.Dispose();
        await using (var db = app.Database.Open())
        {
            await EveryTable.FillAsync(db, id, Now);
            await EveryTable.FillAsync(db, other, Now);
        }
        var (before, theirs) = (await CountAsync(id), await CountAsync(other));
        Assert.All(before, table => Assert.True(table.Value > 0, table.Key));
        Assert.True(before.Count > 50);

        var answer = await browser.SubmitAsync($"/o/{slug}/settings/organization/delete", ("Confirmation", "Acme"));
        Assert.Equal("/", answer.Location);
        Assert.All(await CountAsync(id), table => Assert.Equal((table.Key, 0), (table.Key, table.Value)));
        Assert.Equal(theirs, await CountAsync(other));
    }

    [Theory]
    [InlineData("")]
    [InlineData("acme")]
    [InlineData("Acme Ltd")]
    public async Task Without_its_name_nothing_goes(string typed)
    {
        var (_, browser, id, slug) = await FoundAsync("Acme");
        using var _b = browser;
        var answer = await browser.SubmitAsync($"/o/{slug}/settings/organization/delete", ("Confirmation", typed));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotEmpty(answer.Document.QuerySelector("#Confirmation-error, .field-validation-error, .invalid-feedback")!.TextContent);
        await using var db = app.Database.Open();
        Assert.True(await db.Organizations.AnyAsync(o => o.Id == id, Now));
    }

    [Fact]
    public async Task Members_are_told_at_their_next_request_and_strangers_are_not()
    {
        var (_, browser, id, slug) = await FoundAsync("Acme");
        using var _b = browser;
        var eve = await JoinAsync(id, Role.Manager);
        using var member = app.Browser();
        await member.SignInAsync(eve);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync($"/o/{slug}")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await member.GetAsync($"/o/{slug}/settings/organization/delete")).Status);

        await browser.SubmitAsync($"/o/{slug}/settings/organization/delete", ("Confirmation", "Acme"));
        var told = await member.GetAsync($"/o/{slug}/dora");
        Assert.Equal((HttpStatusCode.NotFound, "Acme was deleted"), (told.Status, told.Document.QuerySelector("h1")!.TextContent));
        Assert.Equal("There is nothing here", (await member.GetAsync("/o/another")).Document.QuerySelector("h1")!.TextContent);
        using var stranger = app.Browser();
        await stranger.SignInAsync(await app.SomeoneAsync());
        Assert.Equal("There is nothing here", (await stranger.GetAsync($"/o/{slug}/dora")).Document.QuerySelector("h1")!.TextContent);
        using var api = await eve.Api.GetAsync(new Uri($"organizations/{slug}", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.NotFound, api.StatusCode);
    }

    [Fact]
    public async Task While_a_sync_is_stopping_nothing_is_deleted_and_then_all_is()
    {
        var (_, browser, id, slug) = await FoundAsync("Acme");
        using var _b = browser;
        var connection = new Connection { OrganizationId = id, Kind = "github" };
        var run = new SyncRun { OrganizationId = id, ConnectionId = connection.Id, Connector = "github", RequestedAt = DateTimeOffset.UtcNow };
        await using (var db = app.Database.Open())
        {
            db.AddRange(connection, run);
            await db.SaveChangesAsync(Now);
        }
        var locks = app.Services.GetRequiredService<DatabaseLocks>();
        var syncing = await locks.TryTakeAsync($"veelocity sync {connection.Id}", Now);
        var deleting = browser.SubmitAsync($"/o/{slug}/settings/organization/delete", ("Confirmation", "Acme"));
        await using (var db = app.Database.Open())
        {
            // The sync is asked to stop …
            await Wait.UntilAsync(
                () => db.SyncRuns.IgnoreQueryFilters().AnyAsync(r => r.Id == run.Id && r.CancelRequestedAt != null, Now), "The sync is not asked to stop.");
            Assert.True(await db.Organizations.AnyAsync(o => o.Id == id, Now));
        }
        // … and has stopped.
        await syncing!.DisposeAsync();
        Assert.Equal("/", (await deleting).Location);
        Assert.All(await CountAsync(id), table => Assert.Equal((table.Key, 0), (table.Key, table.Value)));
    }

    private async Task<Dictionary<string, int>> CountAsync(Guid organizationId)
    {
        await using var db = app.Database.Open();
        var tables = await db.Database.SqlQuery<string>($"SELECT table_name::text AS \"Value\" FROM information_schema.columns WHERE column_name = 'organization_id' AND table_schema = current_schema()").ToListAsync(Now);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var table in tables.Append("organizations"))
        {
            var sql = $"SELECT count(*)::int AS \"Value\" FROM \"{table}\" WHERE {EveryTable.OwnerOf(table)} = {{0}}";
            counts[table] = await db.Database.SqlQueryRaw<int>(sql, organizationId).SingleAsync(Now);
        }
        return counts;
    }

    private async Task<Someone> JoinAsync(Guid organizationId, Role role)
    {
        var eve = await app.SomeoneAsync();
        await using var db = app.Database.Open();
        db.Add(new Membership { OrganizationId = organizationId, UserId = await db.Users.Where(u => u.Email == eve.Email).Select(u => u.Id).SingleAsync(Now), Role = role });
        await db.SaveChangesAsync(Now);
        return eve;
    }

    private async Task<(Someone Ana, Browser Browser, Guid Id, string Slug)> FoundAsync(string name)
    {
        var ana = await app.SomeoneAsync();
        var made = await ana.FoundAsync(name);
        var browser = app.Browser();
        await browser.SignInAsync(ana);
        return (ana, browser, made.GetProperty("id").GetGuid(), made.GetProperty("slug").GetString()!);
    }
}
