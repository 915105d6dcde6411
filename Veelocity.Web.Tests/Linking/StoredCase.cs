using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Database;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking;

/// <summary>One stored repository, linked, and what came of it; another organization has the same commits and no deployment.</summary>
internal sealed class StoredCase : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly DatabaseDoor _source;
    private readonly VeelocityDb _db;

    private StoredCase(TestDatabase database)
    {
        _database = database;
        _source = new(NpgsqlDataSource.Create(database.ConnectionString));
        _db = database.Open();
        Shop = StoredHistory.Add(_db, "acme");
        StoredHistory.Add(_db, "other").Commit("aaaaaaa", 1);
    }

    public StoredHistory Shop { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<StoredCase> StartAsync() => new(await TestDatabase.CreateAsync());

    public async Task LinkAsync()
    {
        await _db.SaveChangesAsync(Stop);
        _db.ChangeTracker.Clear();
        var linker = new Linker(_source, new FakeTimeProvider(At(200)));
        foreach (var organization in await _db.Organizations.Select(o => o.Id).ToListAsync(Stop)) await linker.LinkAsync(organization, null, Stop);
    }

    public async Task ChangeAsync(Action<Organization> change)
    {
        await _db.SaveChangesAsync(Stop);
        change(await _db.Organizations.SingleAsync(o => o.Slug == "acme", Stop));
        await LinkAsync();
    }

    /// <summary>As <c>v1:revert!</c> for a failed deployment and <c>v2:revert</c> for rework.</summary>
    public async Task<string> DeploymentsAsync()
    {
        var rows = await _db.Deployments.IgnoreQueryFilters().AsNoTracking().Where(d => d.RepositoryId == Shop.Id).OrderBy(d => d.FinishedAt).ToListAsync(Stop);
        return string.Join(' ', rows.Select(d =>
            $"{d.Sha![..1]}{(d.FailureReasons.Length > 0 ? $":{string.Join('+', d.FailureReasons)}!" : "")}{(d.Rework is { } rework ? $":{SnakeCaseEnum<Rework>.ToText(rework)}" : "")}"));
    }

    /// <summary>As <c>1@20</c> when it counts, <c>2@20-revert</c> when excluded, <c>3…</c> when it waits, <c>4-bot</c> when neither.</summary>
    public async Task<string> ChangesAsync()
    {
        var pulls = await _db.PullRequests.IgnoreQueryFilters().AsNoTracking().Where(p => p.RepositoryId == Shop.Id).OrderBy(p => p.Number).ToListAsync(Stop);
        var changes = await _db.DeployedChanges.IgnoreQueryFilters().AsNoTracking().Where(c => c.RepositoryId == Shop.Id).ToDictionaryAsync(c => c.PullRequestId, Stop);
        return string.Join(' ', pulls.Select(p => changes.TryGetValue(p.Id, out var change)
            ? $"{p.Number}@{(change.DeployedAt - At(0)).TotalHours:0.#}{(change.IsByTime ? "t" : "")}{Word(change.LeftOut)}"
            : $"{p.Number}{(p.WaitingSince is null ? "" : "…")}{Word(p.LeftOut)}"));

        static string Word(LeftOut? reason) => reason is { } known ? "-" + SnakeCaseEnum<LeftOut>.ToText(known) : "";
    }

    public Task<List<Revert>> RevertsAsync() => _db.Reverts.IgnoreQueryFilters().AsNoTracking().Where(r => r.RepositoryId == Shop.Id).ToListAsync(Stop);

    public async ValueTask DisposeAsync()
    {
        await _db.DisposeAsync();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }
}
