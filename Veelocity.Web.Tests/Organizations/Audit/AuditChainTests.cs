using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Audit;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Organizations.Audit;

public sealed class AuditChainTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Guid acme, other;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        acme = await FoundAsync("acme");
        other = await FoundAsync("other");
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Entries_are_numbered_without_a_gap_in_each_organization()
    {
        await WriteAsync(acme, 3);
        await WriteAsync(other, 2);
        await WriteAsync(acme, 1);
        Assert.Equal([1L, 2, 3, 4], await NumbersAsync(acme));
        Assert.Equal([1L, 2], await NumbersAsync(other));
        var standing = await CheckAsync(acme);
        Assert.Equal((true, 4L, 4L, 64), (standing.IsIntact, standing.Entries, standing.Number, standing.Hash!.Length));
    }

    [Fact]
    public async Task What_is_saved_tells_its_number_and_hash()
    {
        await using var db = OpenFor(acme);
        db.Audit(acme, AuditAction.TeamChanged, "Shop", "Made.", DateTimeOffset.UtcNow);
        await db.SaveChangesAsync(Now);
        var entry = Assert.Single(db.AuditEntries.Local);
        Assert.Equal((1L, 32), (entry.Number, entry.Hash.Length));
        Assert.Equal(Convert.ToHexStringLower(entry.Hash), (await CheckAsync(acme)).Hash);
    }

    [Fact]
    public async Task Many_who_write_at_once_make_one_chain()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), Now, async (_, _) =>
        {
            for (var i = 0; i < 10; i++) await WriteAsync(acme, 1);
        });
        Assert.Equal(Enumerable.Range(1, 80).Select(n => (long)n), await NumbersAsync(acme));
        Assert.True((await CheckAsync(acme)).IsIntact);
    }

    [Fact]
    public async Task What_is_rolled_back_leaves_no_entry_and_no_gap()
    {
        await WriteAsync(acme, 1);
        await using (var db = OpenFor(acme))
        await using (await db.Database.BeginTransactionAsync(Now))
        {
            db.Audit(acme, AuditAction.TeamChanged, "Shop", null, DateTimeOffset.UtcNow);
            await db.SaveChangesAsync(Now);
        }
        await WriteAsync(acme, 1);
        Assert.Equal([1L, 2], await NumbersAsync(acme));
        Assert.True((await CheckAsync(acme)).IsIntact);
    }

    [Fact]
    public async Task Who_locked_the_organization_and_who_did_not_do_not_block_each_other()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 6), Now, async (turn, _) =>
        {
            for (var i = 0; i < 10; i++)
            {
                await using var db = OpenFor(acme);
                await using var transaction = await db.Database.BeginTransactionAsync(Now);
                if (turn % 2 == 0) await db.Database.ExecuteSqlAsync($"SELECT 1 FROM organizations WHERE id = {acme} FOR UPDATE", Now);
                db.Audit(acme, AuditAction.MemberRemoved, "eve@example.com", null, DateTimeOffset.UtcNow);
                await db.SaveChangesAsync(Now);
                await db.Organizations.Where(o => o.Id == acme).ExecuteUpdateAsync(set => set.SetProperty(o => o.DataVersion, o => o.DataVersion + 1), Now);
                await transaction.CommitAsync(Now);
            }
        });
        Assert.Equal((true, 60L), ((await CheckAsync(acme)).IsIntact, (await CheckAsync(acme)).Entries));
    }

    [Theory]
    [InlineData("detail = 'Nothing happened.'")]
    [InlineData("detail = NULL")]
    [InlineData("actor = 'Somebody else'")]
    [InlineData("actor_user_id = gen_random_uuid()")]
    [InlineData("at = at - interval '1 microsecond'")]
    [InlineData("action = 'team_changed'")]
    [InlineData("subject = subject || ' '")]
    [InlineData("subject_id = gen_random_uuid()")]
    [InlineData("channel = 'api'")]
    [InlineData("address = '198.51.100.1'")]
    [InlineData("hash = sha256('x')")]
    public async Task A_changed_entry_is_found(string change)
    {
        await WriteAsync(acme, 5);
        await WriteAsync(other, 5);
        await SqlAsync($"UPDATE audit_entries SET {change} WHERE number = 3 AND organization_id = '{acme}'");
        var standing = await CheckAsync(acme);
        Assert.Equal(3, standing.BrokenAt);
        Assert.Contains("not as it was written", standing.Problem, StringComparison.Ordinal);
        Assert.True((await CheckAsync(other)).IsIntact);
    }

    [Fact]
    public async Task An_entry_whose_own_hash_was_made_to_fit_is_found_by_the_next_one()
    {
        await WriteAsync(acme, 5);
        await SqlAsync($"UPDATE audit_entries SET detail = 'Nothing happened.' WHERE number = 3 AND organization_id = '{acme}'");
        await SqlAsync($"UPDATE audit_entries e SET hash = audit_hash((SELECT hash FROM audit_entries WHERE number = 2 AND organization_id = '{acme}'), e) WHERE number = 3 AND organization_id = '{acme}'");
        Assert.Equal(4, (await CheckAsync(acme)).BrokenAt);
    }

    [Theory]
    [InlineData("number = 1", 1)]
    [InlineData("number = 3", 3)]
    [InlineData("number IN (2, 3)", 2)]
    [InlineData("number = 5", 5)]
    [InlineData("number >= 4", 4)]
    [InlineData("true", 1)]
    public async Task A_removed_entry_is_found_even_the_newest(string which, long broken)
    {
        await WriteAsync(acme, 5);
        await SqlAsync($"DELETE FROM audit_entries WHERE {which} AND organization_id = '{acme}'");
        var standing = await CheckAsync(acme);
        Assert.Equal(broken, standing.BrokenAt);
        Assert.Contains($"Entry {broken} is missing", standing.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 6)] // at the end, where the trigger is passed by
    [InlineData(true, 3)] // in the middle, with all after it moved up
    public async Task An_inserted_entry_is_found(bool isInTheMiddle, long broken)
    {
        await WriteAsync(acme, 5);
        var move = isInTheMiddle
            ? $"UPDATE audit_entries SET number = number + 1000 WHERE number >= 3 AND organization_id = '{acme}'; UPDATE audit_entries SET number = number - 999 WHERE number >= 1000 AND organization_id = '{acme}';"
            : "";
        await SqlAsync($"""
            SET session_replication_role = replica;
            {move}
            INSERT INTO audit_entries (id, organization_id, at, actor, action, subject, channel, number, hash)
            SELECT gen_random_uuid(), organization_id, at, 'Nobody', action, subject, channel, {broken}, hash FROM audit_entries WHERE number = 2 AND organization_id = '{acme}';
            SET session_replication_role = DEFAULT
            """);
        Assert.Equal(broken, (await CheckAsync(acme)).BrokenAt);
    }

    [Fact]
    public async Task Two_entries_that_changed_places_are_found()
    {
        await WriteAsync(acme, 5);
        await SqlAsync($"""
            UPDATE audit_entries SET number = 99 WHERE number = 2 AND organization_id = '{acme}';
            UPDATE audit_entries SET number = 2 WHERE number = 3 AND organization_id = '{acme}';
            UPDATE audit_entries SET number = 3 WHERE number = 99 AND organization_id = '{acme}'
            """);
        Assert.Equal(2, (await CheckAsync(acme)).BrokenAt);
    }

    private VeelocityDb OpenFor(Guid organization)
    {
        var db = database.Open();
        db.OrganizationId = organization;
        return db;
    }

    private async Task<Guid> FoundAsync(string slug)
    {
        await using var db = database.Open();
        var made = new Organization { Name = slug, Slug = slug, TimeZone = "UTC" };
        db.Add(made);
        await db.SaveChangesAsync(Now);
        return made.Id;
    }

    private async Task WriteAsync(Guid organization, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await using var db = OpenFor(organization);
            db.Actor = new AuditActor(Guid.NewGuid(), "Ada Lovelace", AuditChannel.Page, System.Net.IPAddress.Parse("203.0.113.7"));
            db.Audit(organization, AuditAction.MemberInvited, "grace@example.com", "As Viewer.", DateTimeOffset.UtcNow, Guid.NewGuid());
            await db.SaveChangesAsync(Now);
        }
    }

    private async Task<List<long>> NumbersAsync(Guid organization)
    {
        await using var db = OpenFor(organization);
        return await db.AuditEntries.OrderBy(e => e.Number).Select(e => e.Number).ToListAsync(Now);
    }

    private async Task<AuditOrder.Standing> CheckAsync(Guid organization)
    {
        await using var db = OpenFor(organization);
        return await new AuditOrder(db).CheckAsync(organization, Now);
    }

    private async Task SqlAsync(string sql)
    {
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync(sql, Now);
    }
}
