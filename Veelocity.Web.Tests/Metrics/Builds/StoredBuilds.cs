using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Builds;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Metrics.Builds;

/// <summary>One attempt of a run as GitHub would tell it, in minutes from <see cref="StoredBuilds.Start"/>.</summary>
/// <param name="Lasted">Minutes that its one job took; null when its jobs are not known.</param>
internal sealed record RunSpec(
    int At, int Run, string Conclusion = "success", double? Lasted = 10, int Attempt = 1, string Workflow = "ios-build", string Repository = "app",
    string Sha = "cafe", string? Step = null, double Queue = 1);

/// <summary>
/// Runs of two organizations with repositories and workflows of the same names, made into builds by the linking that the app uses. The other
/// organization has each run too, as a failure and much longer.
/// </summary>
internal sealed class StoredBuilds : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase database;
    private readonly DatabaseDoor source;
    private readonly BuildStore store;
    private readonly VeelocityDb open;

    private StoredBuilds(TestDatabase database)
    {
        this.database = database;
        source = new(NpgsqlDataSource.Create(database.ConnectionString));
        store = new BuildStore(source, Options.Create(new MetricsOptions()));
        open = database.Open();
    }

    public Guid Organization { get; private set; }

    public BuildSuccessRate Rate => new(Asked);
    public BuildDuration Duration => new(Asked);
    public BuildFrequency Frequency => new(Asked, new FirstData(open, new TeamScopes(open)));
    public BuildFailures Failures => new(Asked);

    private AskedBuilds Asked => new(store, new TeamScopes(open));

    public VeelocityDb Open() => database.Open();

    /// <summary>A team that owns these repositories as a whole.</summary>
    public async Task<Filter> TeamOfAsync(params string[] repositories)
    {
        await using var db = Open();
        var team = new Team { OrganizationId = Organization, Name = "Apps", CreatedAt = Start };
        db.Add(team);
        db.AddRange(repositories.Select(name => new TeamRepository { TeamId = team.Id, RepositoryId = RepositoryId(name), OrganizationId = Organization, AddedAt = Start }));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return Filter with { TeamId = team.Id };
    }

    public Guid RepositoryId(string name) => Repository.IdOf(Organization, name);

    public Filter Filter => new(Organization);

    public static Period Period(int days, TimeZoneInfo? zone = null, DateTimeOffset? now = null) =>
        new(new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 2).AddDays(days - 1), zone ?? TimeZoneInfo.Utc, now ?? Start.AddYears(1));

    public static async Task<StoredBuilds> OfAsync(params IReadOnlyList<RunSpec> runs)
    {
        var stored = new StoredBuilds(await TestDatabase.CreateAsync());
        await stored.AddAsync(runs.Select(run => run with { Conclusion = "failure", Lasted = run.Lasted * 7 }));
        stored.Organization = await stored.AddAsync(runs);
        return stored;
    }

    private async Task<Guid> AddAsync(IEnumerable<RunSpec> runs)
    {
        var id = Guid.CreateVersion7();
        await using (var db = database.Open())
        {
            db.Add(new Organization { Id = id, Name = "Acme", Slug = $"{id:N}", TimeZone = "UTC", CreatedAt = Start });
            var connection = new Connection { OrganizationId = id, Kind = "github" };
            db.Add(connection);
            foreach (var repository in runs.GroupBy(run => run.Repository)) AddRepository(db, id, connection.Id, repository.Key, [.. repository]);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await new Linker(source, new FakeTimeProvider(Start)).LinkAsync(id, null, TestContext.Current.CancellationToken);
        return id;
    }

    private static void AddRepository(VeelocityDb db, Guid organization, Guid connection, string name, IReadOnlyList<RunSpec> runs)
    {
        var id = Repository.IdOf(organization, name);
        db.Add(new Repository { Id = id, OrganizationId = organization, ConnectionId = connection, ExternalId = name, FullName = "acme/" + name, Url = "https://x", CreatedAt = Start.AddYears(-1) });
        foreach (var workflow in runs.Select(run => run.Workflow).Distinct(StringComparer.Ordinal))
            db.Add(new Workflow { Id = WorkflowId(id, workflow), OrganizationId = organization, RepositoryId = id, ExternalId = Number(workflow), Name = workflow, Path = $".github/workflows/{workflow}.yml", State = "active" });
        foreach (var run in runs)
        {
            var row = new WorkflowRun
            {
                Id = WorkflowRun.IdOf(id, run.Run, run.Attempt),
                OrganizationId = organization,
                RepositoryId = id,
                WorkflowId = WorkflowId(id, run.Workflow),
                ExternalId = run.Run,
                Attempt = run.Attempt,
                Title = $"Run {run.Run}",
                Url = "https://x",
                Event = "push",
                HeadBranch = "main",
                HeadSha = run.Sha,
                Status = run.Conclusion.Length == 0 ? "in_progress" : "completed",
                Conclusion = run.Conclusion.Length == 0 ? null : run.Conclusion,
                CreatedAt = Start.AddMinutes(run.At),
                StartedAt = Start.AddMinutes(run.At),
            };
            db.Add(row);
            if (run.Lasted is not { } lasted) continue;
            var began = row.StartedAt.AddMinutes(run.Queue);
            db.Add(new WorkflowJob
            {
                OrganizationId = organization,
                RunId = row.Id,
                ExternalId = 1,
                Name = "build",
                Status = "completed",
                Conclusion = row.Conclusion,
                StartedAt = began,
                CompletedAt = began.AddMinutes(lasted),
                FailedStep = run.Step,
            });
        }
    }

    private static Guid WorkflowId(Guid repository, string name) => Workflow.IdOf(repository, Number(name));

    private static long Number(string name) => name.Aggregate(7L, (number, letter) => (number * 31 + letter) % 1_000_003);

    public async ValueTask DisposeAsync()
    {
        store.Dispose();
        await open.DisposeAsync();
        await source.DisposeAsync();
        await database.DisposeAsync();
    }
}
