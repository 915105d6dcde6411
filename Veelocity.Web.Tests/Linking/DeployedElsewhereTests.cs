using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Database;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking;

/// <summary>A repository that another one deploys, and that other one.</summary>
public sealed class DeployedElsewhereTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _clock = new(At(100));
    private TestDatabase _database = null!;
    private DatabaseDoor _source = null!;
    private Guid _organization, _shop, _ops;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _source = new(NpgsqlDataSource.Create(_database.ConnectionString));
        await using var db = _database.Open();
        var organization = new Organization { Name = "acme", Slug = "acme", TimeZone = "UTC" };
        var connection = new Connection { OrganizationId = organization.Id, Kind = "github" };
        _organization = organization.Id;
        db.AddRange(organization, connection);
        (_shop, _ops) = (Add(db, connection, "1", "acme/shop"), Add(db, connection, "2", "acme/ops"));
        string[] shas = ["aaaaaaa1", "bbbbbbb2", "ccccccc3"];
        for (var i = 0; i < shas.Length; i++)
        {
            Commit(db, _shop, shas[i], "change", At(10 * i), i == 0 ? null : shas[i - 1]);
            Pull(db, _shop, i + 1, shas[i], $"Change {i + 1}", At(10 * i));
            Commit(db, _ops, $"ops{i}", $"deploy: shop sha-{shas[i][..7]}", At((10 * i) + 1), i == 0 ? null : $"ops{i - 1}");
            Pull(db, _ops, i + 1, $"ops{i}", "bump", At((10 * i) + 1));
            Deploy(db, i + 1, $"ops{i}", (10 * i) + 2);
        }
        Commit(db, _ops, "ops3", "a cluster of our own", At(40), "ops2");
        Deploy(db, 4, "ops3", 41);
        await db.SaveChangesAsync(None);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task M8_what_another_repository_deploys_counts_here_and_never_there()
    {
        await LinkAsync();
        await using var db = Look();
        var service = await db.Services.SingleAsync(s => s.RepositoryId == _shop, None);
        Assert.Equal((DeploymentSource.Environment, "production", (Guid?)_ops), (service.Source, service.SourceName!, service.SourceRepositoryId));
        Assert.Equal(["aaaaaaa1", "bbbbbbb2", "ccccccc3"], await db.Deployments.Where(d => d.RepositoryId == _shop).OrderBy(d => d.FinishedAt).Select(d => d.Sha).ToListAsync(None));
        Assert.Equal(["ops3"], await db.Deployments.Where(d => d.RepositoryId == _ops).Select(d => d.Sha).ToListAsync(None));
        Assert.Equal(3, await db.DeployedChanges.CountAsync(c => c.RepositoryId == _shop, None));
        Assert.Equal(0, await db.PullRequests.CountAsync(p => p.WaitingSince != null, None));
    }

    [Fact]
    public async Task M8_news_of_the_deploying_repository_alone_reach_the_deployed_one_and_a_repeat_changes_nothing()
    {
        await LinkAsync();
        Assert.Equal(0, (await LinkAsync()).ChangedRows);
        await using (var db = _database.Open())
        {
            Commit(db, _ops, "ops4", "deploy: shop sha-aaaaaaa", At(50), "ops3");
            Deploy(db, 5, "ops4", 51);
            await db.SaveChangesAsync(None);
        }
        await LinkAsync(_ops);
        await using var look = Look();
        var last = await look.Deployments.Where(d => d.RepositoryId == _shop).OrderByDescending(d => d.FinishedAt).FirstAsync(None);
        Assert.Equal(("aaaaaaa1", true), (last.Sha!, last.IsRollback));
        Assert.Equal(1, await look.Deployments.CountAsync(d => d.RepositoryId == _ops, None));
    }

    [Fact]
    public async Task M8_merges_that_deploy_another_repository_are_not_deployments_of_their_own()
    {
        await using (var db = _database.Open())
            await db.EnvironmentDeployments.IgnoreQueryFilters().ExecuteDeleteAsync(None);
        await LinkAsync();
        await LinkAsync();
        await using var look = Look();
        Assert.Equal(["aaaaaaa1", "bbbbbbb2", "ccccccc3"], await look.Deployments.OrderBy(d => d.FinishedAt).Select(d => d.Sha).ToListAsync(None));
        Assert.All(await look.Deployments.ToListAsync(None), deployment => Assert.Equal(_shop, deployment.RepositoryId));
    }

    private Task<LinkResult> LinkAsync(params Guid[] only) => new Linker(_source, _clock).LinkAsync(_organization, only.Length == 0 ? null : only, None);

    private VeelocityDb Look()
    {
        var db = _database.Open();
        db.OrganizationId = _organization;
        return db;
    }

    private Guid Add(VeelocityDb db, Connection connection, string externalId, string name)
    {
        var id = Repository.IdOf(_organization, externalId);
        db.Add(new Repository
        {
            Id = id, OrganizationId = _organization, ConnectionId = connection.Id, ExternalId = externalId, FullName = name, Url = $"https://github.com/{name}", DefaultBranch = Main,
        });
        return id;
    }

    private void Commit(VeelocityDb db, Guid repository, string sha, string headline, DateTimeOffset at, string? parent) => db.Add(new Commit
    {
        OrganizationId = _organization, RepositoryId = repository, Sha = sha, Headline = headline, AuthoredAt = at, CommittedAt = at, ParentShas = parent is null ? [] : [parent],
    });

    private void Pull(VeelocityDb db, Guid repository, int number, string mergeCommit, string title, DateTimeOffset merged) => db.Add(new PullRequest
    {
        Id = PullRequest.IdOf(repository, number), OrganizationId = _organization, RepositoryId = repository, Number = number, Title = title,
        Url = $"https://github.com/acme/x/pull/{number}", State = PullRequestState.Merged, CreatedAt = merged.AddHours(-1), UpdatedAt = merged, MergedAt = merged,
        BaseBranch = Main, HeadBranch = $"change-{number}", HeadSha = "h", MergeCommitSha = mergeCommit, CommitCount = 1,
    });

    private void Deploy(VeelocityDb db, long id, string sha, double at)
    {
        var deployment = EnvironmentDeployment.IdOf(_ops, id);
        db.AddRange(
            new EnvironmentDeployment { Id = deployment, OrganizationId = _organization, RepositoryId = _ops, ExternalId = id, NodeId = $"{id}", Environment = "production", Sha = sha, CreatedAt = At(at) },
            new EnvironmentDeploymentStatus { OrganizationId = _organization, EnvironmentDeploymentId = deployment, ExternalId = "s", State = "success", CreatedAt = At(at + 0.5) });
    }
}
