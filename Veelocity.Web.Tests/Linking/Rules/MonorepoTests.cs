using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Paging;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Metrics;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Rules;

public sealed class MonorepoTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Period Week = new(DateOnly.FromDateTime(At(0).DateTime), DateOnly.FromDateTime(At(6 * 24).DateTime), TimeZoneInfo.Utc, At(10 * 24));
    private readonly FakeTimeProvider _clock = new(At(48));
    private TestDatabase _database = null!;
    private DatabaseDoor _source = null!;
    private StoredRepository _shop = null!;
    private StoredRepository _other = null!;
    private Service _web = null!, _api = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _source = new(NpgsqlDataSource.Create(_database.ConnectionString));
        await using var db = _database.Open();
        _shop = StoredRepository.Add(db, "acme");
        _other = StoredRepository.Add(db, "other");
        _shop.Split(db);
        _other.Split(db);
        (_web, _api) = (_shop.AddPart(db, "web", "apps/web/**", SplitRepository.Web), _shop.AddPart(db, "api", "apps/api/**", SplitRepository.Api));
        await db.SaveChangesAsync(None);
        await new Linker(_source, _clock).LinkAsync(_shop.OrganizationId, null, None);
        await new Linker(_source, _clock).LinkAsync(_other.OrganizationId, null, None);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task M17_a_pull_request_belongs_to_each_service_whose_paths_it_changed()
    {
        await using var db = Look();
        var rows = await db.DeployedChanges.Where(c => c.ServiceId == _web.Id || c.ServiceId == _api.Id)
            .Join(db.PullRequests, c => c.PullRequestId, p => p.Id, (c, p) => new { p.Number, c.ServiceId, c.IsFirst, c.DeployedAt }).ToListAsync(None);
        Assert.Equal(
            [(11, "web", true, At(36)), (12, "api", true, At(40)), (13, "api", false, At(40)), (13, "web", true, At(36))],
            rows.Select(r => (r.Number, r.ServiceId == _web.Id ? "web" : "api", r.IsFirst, r.DeployedAt)).OrderBy(r => r.Number).ThenBy(r => r.Item2, StringComparer.Ordinal));
    }

    [Fact]
    public async Task M19_a_pull_request_of_two_services_counts_once_where_services_are_not_told_apart_and_in_each_where_they_are()
    {
        await using var db = Look();
        await using var columns = new TestColumns(_database);
        var lead = new LeadTimeForChanges(db, columns.Open(db), new TeamScopes(db), new TeamGroups(db, new TeamScopes(db)));
        Assert.Equal(3, (await lead.AskAsync(Week, new Filter(_shop.OrganizationId), None)).Value.Count);
        Assert.Equal(3, (await lead.AskAsync(Week, new Filter(_shop.OrganizationId, _shop.Id), None)).Value.Count);
        Assert.Equal((2, 7 * 3600.0), await Of(_web));
        Assert.Equal((2, 10.5 * 3600), await Of(_api));
        Assert.Equal(3, (await new ChangeItems(db, new WaitingChanges(db, new TeamScopes(db)), new TeamScopes(db)).AskAsync(
            Week, new Filter(_shop.OrganizationId), ChangeItems.Selection.Included, ChangeItems.Order.Newest, PageRequest.Everything, None)).Total);

        async Task<(long, double?)> Of(Service service)
        {
            var value = (await lead.AskAsync(Week, new Filter(_shop.OrganizationId, ServiceId: service.Id), None)).Value;
            return (value.Count, value.P50);
        }
    }

    [Fact]
    public async Task M18_each_service_has_its_own_releases()
    {
        await using var db = Look();
        await using var columns = new TestColumns(_database);
        var frequency = new DeploymentFrequency(columns.Open(db), new FirstData(db, new TeamScopes(db)), new TeamGroups(db, new TeamScopes(db)));
        Assert.Equal(2, (await frequency.AskAsync(Week, new Filter(_shop.OrganizationId, ServiceId: _web.Id), None)).Total);
        Assert.Equal(4, (await frequency.AskAsync(Week, new Filter(_shop.OrganizationId), None)).Total);
    }

    [Fact]
    public async Task M19_what_no_service_holds_does_not_wait()
    {
        await using var db = Look();
        Assert.Null((await db.PullRequests.SingleAsync(p => p.Number == 14, None)).WaitingSince);
    }

    [Fact]
    public async Task Another_organization_with_the_same_repository_stays_one_service()
    {
        await using var db = Look(_other);
        Assert.Equal("shop", (await db.Services.SingleAsync(None)).Name);
        Assert.All(await db.DeployedChanges.ToListAsync(None), c => Assert.True(c.IsFirst));
        await using var acme = Look();
        Assert.False(await new ServiceChanges(acme, Relinking(), _clock).RemoveAsync(Service.IdOf(_other.Id), None));
    }

    [Fact]
    public async Task A_removed_service_takes_its_deployments_along_and_the_rest_counts_again()
    {
        await using var db = Look();
        Assert.True(await new ServiceChanges(db, Relinking(), _clock).RemoveAsync(_web.Id, None));
        Assert.Equal([12, 13], await db.DeployedChanges.Where(c => c.IsFirst).Join(db.PullRequests, c => c.PullRequestId, p => p.Id, (_, p) => p.Number).Order().ToListAsync(None));
        Assert.Empty(await db.Deployments.Where(d => d.ServiceId == _web.Id).ToListAsync(None));
        await Assert.ThrowsAsync<Refused>(() => new ServiceChanges(db, Relinking(), _clock).RemoveAsync(_api.Id, None));
    }

    [Fact]
    public async Task M8_two_services_are_never_read_from_the_same_place()
    {
        await using var db = Look();
        var changes = new ServiceChanges(db, Relinking(), _clock);
        var refused = await Assert.ThrowsAsync<Refused>(() => changes.ChooseAsync(_web.Id, new(DeploymentSource.Environment, SplitRepository.Api, null), Guid.NewGuid(), None));
        Assert.Contains("counted twice", refused.Message, StringComparison.Ordinal);
        Assert.True(await changes.ChooseAsync(_web.Id, new(DeploymentSource.MergedPullRequests, null, null), Guid.NewGuid(), None));
        Assert.Equal(2, await db.Deployments.CountAsync(d => d.ServiceId == _web.Id, None));
    }

    [Fact]
    public async Task M8_a_new_service_takes_the_source_that_names_it()
    {
        await using var db = Look();
        var added = await new ServiceChanges(db, Relinking(), _clock).AddAsync(_other.Id, "web", ["apps/web"], Guid.NewGuid(), None);
        Assert.Null(added);
        await using var theirs = Look(_other);
        await theirs.Organizations.Where(o => o.Id == _other.OrganizationId).ExecuteUpdateAsync(set => set.SetProperty(o => o.ProductionPattern, "prod"), None);
        added = await new ServiceChanges(theirs, Relinking(), _clock).AddAsync(_other.Id, "web", ["apps/web"], Guid.NewGuid(), None);
        Assert.Equal(SplitRepository.Web, (await theirs.Services.AsNoTracking().SingleAsync(s => s.Id == added, None)).SourceName);
    }

    [Fact]
    public async Task Linking_again_changes_nothing() => Assert.Equal(0, (await new Linker(_source, _clock).LinkAsync(_shop.OrganizationId, null, None)).ChangedRows);

    [Fact]
    public async Task A_repository_that_is_no_longer_chosen_leaves_the_numbers_and_comes_back_whole()
    {
        await using var db = Look();
        var connection = await db.Connections.SingleAsync(None);
        foreach (var (chosen, expected) in new (string[]?, int)[] { (["acme/elsewhere"], 0), (["ACME/shop"], 4), (null, 4) })
        {
            connection.Select(chosen);
            await db.SaveChangesAsync(None);
            await new RepositorySelection(db, _clock).FollowAsync(_shop.OrganizationId, connection.Id, None);
            await new Linker(_source, _clock).LinkAsync(_shop.OrganizationId, null, None);
            Assert.Equal(expected, await db.Deployments.CountAsync(d => d.IsProduction, None));
            Assert.Equal(expected == 0 ? 0 : 3, await db.DeployedChanges.CountAsync(c => c.IsFirst, None));
        }
        await using var theirs = Look(_other);
        Assert.NotEmpty(await theirs.Deployments.ToListAsync(None));
    }

    private Relinking Relinking() => new(_source, new Linker(_source, _clock), _clock, NullLogger<Relinking>.Instance);

    private VeelocityDb Look(StoredRepository? of = null)
    {
        var db = _database.Open();
        db.OrganizationId = (of ?? _shop).OrganizationId;
        return db;
    }
}
