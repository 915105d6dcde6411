using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Database;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking;

public sealed class LinkerTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _clock = new(At(48));
    private TestDatabase _database = null!;
    private DatabaseDoor _source = null!;
    private StoredRepository _shop = null!;
    private StoredRepository _other = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _source = new(NpgsqlDataSource.Create(_database.ConnectionString));
        await using var db = _database.Open();
        _shop = StoredRepository.Add(db, "acme");
        _other = StoredRepository.Add(db, "other");
        await db.SaveChangesAsync(None);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Facts_become_people_review_times_a_service_deployments_and_lead_times()
    {
        await LinkAsync();

        await using var db = Look();
        var author = await db.Accounts.SingleAsync(a => a.Login == "ann", None);
        Assert.Equal(("Ann", author.Id), ((await db.People.SingleAsync(p => p.Id == author.PersonId, None)).Name, author.PersonId!.Value));

        var service = await db.Services.SingleAsync(None);
        Assert.Equal((DeploymentSource.Environment, "production", "shop"), (service.Source, service.SourceName!, service.Name));
        Assert.Equal("environment production: 2 deployments in the last 90 days", service.SourceEvidence);

        var deployments = await db.Deployments.OrderBy(d => d.FinishedAt).ToListAsync(None);
        Assert.Equal(["v1", "v2"], deployments.Select(d => d.Sha));
        Assert.All(deployments, d => Assert.True(d.IsRelease && d.IsProduction));

        var pull = await db.PullRequests.SingleAsync(p => p.Number == 2, None);
        Assert.Equal((At(11), At(12), At(13)), (pull.ReadyAt, pull.FirstReviewAt, pull.ApprovedAt));
        var change = await db.DeployedChanges.SingleAsync(c => c.PullRequestId == pull.Id, None);
        Assert.Equal((deployments[1].Id, null, 10 * 3600.0), (change.DeploymentId, change.LeftOut, change.LeadSeconds));
    }

    [Fact]
    public async Task M19_changes_are_also_linked_to_environments_besides_production()
    {
        await using (var db = Look())
        {
            _shop.AddDeployment(db, 11, "v1", 5.5, "staging");
            _shop.AddDeployment(db, 12, "v2", 16, "staging");
            await db.SaveChangesAsync(None);
        }
        await LinkAsync();

        await using var look = Look();
        var changes = await look.EnvironmentChanges.OrderBy(c => c.DeployedAt).ToListAsync(None);
        Assert.Equal([("staging", 4.5 * 3600), ("staging", 6 * 3600.0)],
            changes.Select(c => (c.Environment, c.LeadSeconds)));
        Assert.Equal(2, await look.DeployedChanges.CountAsync(None));
        Assert.Equal(0, (await LinkAsync()).ChangedRows);
    }

    [Fact]
    public async Task Linking_again_changes_nothing()
    {
        Assert.True((await LinkAsync()).ChangedRows > 0);
        var before = await VersionsAsync();
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(new LinkResult(1, 0), await LinkAsync());
        Assert.Equal(before, await VersionsAsync());
    }

    [Fact]
    public async Task Another_organization_is_left_alone()
    {
        await LinkAsync();
        await using var db = Look(_other);
        Assert.Empty(await db.Services.ToListAsync(None));
        Assert.Empty(await db.Deployments.ToListAsync(None));
        Assert.Empty(await db.People.ToListAsync(None));
        Assert.Null((await db.PullRequests.FirstAsync(None)).ReadyAt);
    }

    [Fact]
    public async Task Both_organizations_have_their_own_links_to_the_same_repository()
    {
        await LinkAsync();
        await new Linker(_source, _clock).LinkAsync(_other.OrganizationId, null, None);
        foreach (var repository in new[] { _shop, _other })
        {
            await using var db = Look(repository);
            Assert.Equal(2, await db.DeployedChanges.CountAsync(c => c.RepositoryId == repository.Id, None));
            Assert.Equal(2, await db.Deployments.CountAsync(None));
        }
        Assert.Equal(0, (await LinkAsync()).ChangedRows);
    }

    [Fact]
    public async Task M16_an_earlier_deployment_that_arrives_late_moves_what_it_contains()
    {
        await LinkAsync();
        Assert.Equal([(LeftOut?)null, null], await LeftOutAsync());
        await using (var db = _database.Open())
        {
            _shop.AddDeployment(db, 3, "v0", 2);
            await db.SaveChangesAsync(None);
        }
        await LinkAsync();

        await using var look = Look();
        Assert.Equal(DeploymentContents.Ancestry, (await look.Deployments.SingleAsync(d => d.Sha == "v1", None)).Contents);
        Assert.Equal(DeploymentContents.Unknown, (await look.Deployments.SingleAsync(d => d.Sha == "v0", None)).Contents);

        await using (var db = _database.Open())
        {
            _shop.AddDeployment(db, 4, "v2", 17.5);
            await db.SaveChangesAsync(None);
        }
        await LinkAsync();
        var change = await look.DeployedChanges.AsNoTracking().SingleAsync(c => c.PullRequestId == PullRequest.IdOf(_shop.Id, 2), None);
        Assert.Equal((At(17.5), 7.5 * 3600), (change.DeployedAt, change.LeadSeconds));
    }

    [Fact]
    public async Task M19_a_merged_pull_request_waits_until_a_deployment_contains_it()
    {
        Assert.Equal([null, null], await WaitingAsync());
        await ChooseAsync(DeploymentSource.Releases, null);
        Assert.Equal([At(5), At(15)], await WaitingAsync());
        await ChooseAsync(DeploymentSource.Environment, "production");
        Assert.Equal([null, null], await WaitingAsync());

        async Task<List<DateTimeOffset?>> WaitingAsync()
        {
            await LinkAsync();
            await using var db = Look();
            return await db.PullRequests.OrderBy(p => p.Number).Select(p => p.WaitingSince).ToListAsync(None);
        }

        async Task ChooseAsync(DeploymentSource source, string? name)
        {
            await using var db = Look();
            (await db.Services.SingleAsync(None)).Choose(source, name, null, At(40));
            await db.SaveChangesAsync(None);
        }
    }

    [Fact]
    public async Task What_is_no_longer_derived_is_deleted()
    {
        await LinkAsync();
        await using (var db = Look())
        {
            var service = await db.Services.SingleAsync(None);
            service.Choose(DeploymentSource.Releases, null, null, At(40));
            await db.SaveChangesAsync(None);
        }
        await LinkAsync();
        await using var look = Look();
        Assert.Empty(await look.Deployments.ToListAsync(None));
        Assert.Empty(await look.DeployedChanges.ToListAsync(None));
        Assert.Equal(0, (await LinkAsync()).ChangedRows);
    }

    [Fact]
    public async Task M8_a_source_chosen_by_a_person_is_kept()
    {
        await LinkAsync();
        await using (var db = Look())
        {
            (await db.Services.SingleAsync(None)).Choose(DeploymentSource.MergedPullRequests, null, null, At(40));
            await db.SaveChangesAsync(None);
        }
        await LinkAsync();
        await using var look = Look();
        Assert.Equal(["pull request 1", "pull request 2"], await look.Deployments.OrderBy(d => d.FinishedAt).Select(d => d.SourceKey).ToListAsync(None));
    }

    [Fact]
    public async Task Only_the_named_repositories_are_linked()
    {
        Assert.Equal(0, (await new Linker(_source, _clock).LinkAsync(_shop.OrganizationId, [_other.Id], None)).Repositories);
        Assert.Equal(1, (await new Linker(_source, _clock).LinkAsync(_shop.OrganizationId, [_shop.Id], None)).Repositories);
    }

    private Task<LinkResult> LinkAsync() => new Linker(_source, _clock).LinkAsync(_shop.OrganizationId, null, None);

    private VeelocityDb Look(StoredRepository? of = null)
    {
        var db = _database.Open();
        db.OrganizationId = (of ?? _shop).OrganizationId;
        return db;
    }

    private async Task<List<LeftOut?>> LeftOutAsync()
    {
        await using var db = Look();
        return await db.DeployedChanges.OrderBy(c => c.DeployedAt).Select(c => c.LeftOut).ToListAsync(None);
    }

    // The transaction that last wrote each row: a row that is written unchanged shows, too.
    private async Task<List<string>> VersionsAsync()
    {
        await using var db = _database.Open();
        return await db.Database.SqlQuery<string>(
            $"""
            SELECT v AS "Value" FROM (
                SELECT 'p' || id || xmin AS v FROM pull_requests UNION ALL SELECT 's' || id || xmin FROM services
                UNION ALL SELECT 'd' || id || xmin FROM deployments UNION ALL SELECT 'c' || pull_request_id || xmin FROM deployed_changes
                UNION ALL SELECT 'a' || id || xmin FROM accounts UNION ALL SELECT 'n' || id || xmin FROM people) rows ORDER BY 1
            """).ToListAsync(None);
    }
}
