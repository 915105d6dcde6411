using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Sync;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Sync;

/// <summary>The app's sync with its real parts on a database of its own; its worker runs only when a test starts it.</summary>
internal sealed class SyncHost : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly bool ownsDatabase;
    private SyncWorker? worker;

    private SyncHost(TestDatabase database, bool ownsDatabase, ServiceProvider services) =>
        (Database, this.ownsDatabase, this.services) = (database, ownsDatabase, services);

    public TestDatabase Database { get; }

    public IServiceProvider Services => services;

    /// <param name="github">Where GitHub is; null when no test asks it.</param>
    /// <param name="added">One more connector: registering it is all it takes.</param>
    /// <param name="on">Another host's database; null for one of its own.</param>
    public static async Task<SyncHost> StartAsync(
        Uri? github = null, IConnector? added = null, TimeProvider? time = null, TestDatabase? on = null,
        Func<IConnector, IConnector>? around = null, Uri? slack = null, Uri? linear = null)
    {
        var database = on ?? await TestDatabase.CreateAsync();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Connectors:GitHub:BaseUrl"] = github?.ToString() ?? "https://github.invalid/",
            ["Connectors:Slack:BaseUrl"] = slack?.ToString() ?? "https://slack.invalid/api/",
            ["Connectors:Linear:BaseUrl"] = linear?.ToString() ?? "https://api.linear.invalid/",
            ["Connectors:Linear:ClientId"] = "client",
        };
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        collection.AddSingleton(time ?? TimeProvider.System);
        collection.AddVeelocityData(database.ConnectionString).AddConnectors().AddSync().AddLinking();
        if (added is not null) collection.AddSingleton(added);
        if (around is not null) collection.AddSingleton(provider => new ConnectorCatalog(provider.GetServices<IConnector>().Select(around)));
        return new SyncHost(database, on is null, collection.BuildServiceProvider(validateScopes: true));
    }

    public async Task<Guid> FoundAsync(string name = "Acme", Guid? id = null)
    {
        await using var db = Database.Open();
        var organization = new Organization { Id = id ?? Guid.CreateVersion7(), Name = name, Slug = $"{Guid.NewGuid():N}", TimeZone = "UTC" };
        db.Organizations.Add(organization);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return organization.Id;
    }

    public Task<Connections.Connected> ConnectAsync(
        Guid organizationId, string kind, string token = "ghp_good", IReadOnlyCollection<string>? repositories = null) =>
        UseAsync((Connections connections) => connections.ConnectAsync(
            organizationId, kind, token, null, repositories, Guid.CreateVersion7(), TestContext.Current.CancellationToken));

    /// <summary>An organization and its connection with these ids, so that the rows of two databases can be compared whole.</summary>
    public async Task<Connections.Connected> FoundTwinAsync(Guid organizationId, Guid connectionId, string kind)
    {
        await using (var db = Database.Open())
        {
            db.Organizations.Add(new Organization { Id = organizationId, Name = "Acme", Slug = "acme", TimeZone = "UTC" });
            db.Connections.Add(new Connection { Id = connectionId, OrganizationId = organizationId, Kind = kind });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        return await ConnectAsync(organizationId, kind);
    }

    /// <summary>A new organization, connected; its first runs are requested.</summary>
    public async Task<Connections.Connected> FoundAndConnectAsync(
        string kind, string token = "ghp_good", IReadOnlyCollection<string>? repositories = null, Guid? organizationId = null) =>
        await ConnectAsync(await FoundAsync(id: organizationId), kind, token, repositories);

    public Task<IReadOnlyList<SyncRun>> RequestAsync(Connection connection, bool isFull = false) =>
        UseAsync((SyncRequests requests) => requests.RequestAsync(
            connection.OrganizationId, connection.Id, SyncTrigger.Manual, isFull, TestContext.Current.CancellationToken));

    /// <summary>One attempt at a run, as the worker makes it.</summary>
    public Task<SyncRun> RunAsync(Guid runId) =>
        UseAsync((SyncRunner runner) => runner.RunAsync(runId, TestContext.Current.CancellationToken));

    /// <summary>Runs these in order and links what they brought.</summary>
    public async Task<List<SyncRun>> RunAllAsync(IEnumerable<SyncRun> requested)
    {
        var done = new List<SyncRun>();
        foreach (var run in requested) done.Add(await RunAsync(run.Id));
        await UseAsync(async (AfterSync after) =>
        {
            await after.LinkAsync(done[0].OrganizationId, TestContext.Current.CancellationToken);
            return true;
        });
        return done;
    }

    public async Task<T> UseAsync<TPart, T>(Func<TPart, Task<T>> use)
        where TPart : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TPart>());
    }

    public Task StartWorkerAsync() => (worker = ActivatorUtilities.CreateInstance<SyncWorker>(services)).StartAsync(CancellationToken.None);

    public Task StopWorkerAsync() => worker?.StopAsync(CancellationToken.None) ?? Task.CompletedTask;

    public async Task<SyncRun> ReadAsync(Guid runId)
    {
        await using var db = Database.Open();
        return await db.SyncRuns.IgnoreQueryFilters().SingleAsync(run => run.Id == runId, TestContext.Current.CancellationToken);
    }

    public async Task<Connection> ReadAsync(Connection connection)
    {
        await using var db = Database.Open();
        return await db.Connections.IgnoreQueryFilters().SingleAsync(c => c.Id == connection.Id, TestContext.Current.CancellationToken);
    }

    /// <summary>The run once it is as expected; a test that waits for nothing fails after a while.</summary>
    public async Task<SyncRun> UntilAsync(Guid runId, Func<SyncRun, bool> isAsExpected, Action? meanwhile = null)
    {
        SyncRun run = null!;
        await Wait.UntilAsync(
            async () =>
            {
                run = await ReadAsync(runId);
                if (isAsExpected(run)) return true;
                meanwhile?.Invoke();
                return false;
            },
            () => $"The run stays as it is: {run.Outcome} {run.Error} parked until {run.ParkedUntil:O}");
        return run;
    }

    /// <summary>How many rows of the organization each table of facts holds.</summary>
    public async Task<Dictionary<string, long>> CountAsync(Guid organizationId)
    {
        await using var db = Database.Open();
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in Tables)
        {
            counts[table] = await db.Database
                .SqlQuery<long>(FormattableStringFactory.Create("SELECT count(*) AS \"Value\" FROM " + table + " WHERE organization_id = {0}", organizationId))
                .SingleAsync(TestContext.Current.CancellationToken);
        }
        return counts;
    }

    /// <summary>Everything the tables of facts hold of an organization, without ids, which differ between organizations.</summary>
    public async Task<List<string>> ContentsAsync(Guid organizationId)
    {
        await using var db = Database.Open();
        return await db.Database.SqlQuery<string>($"""
            SELECT concat_ws(' ', 'pull', r.full_name, p.number, p.title, p.state, p.updated_at, p.first_commit_at, p.merge_commit_sha) AS "Value"
            FROM pull_requests p JOIN repositories r ON r.id = p.repository_id WHERE p.organization_id = {organizationId}
            UNION ALL SELECT concat_ws(' ', 'review', r.full_name, p.number, v.external_id, v.state, v.submitted_at)
            FROM reviews v JOIN pull_requests p ON p.id = v.pull_request_id JOIN repositories r ON r.id = p.repository_id WHERE v.organization_id = {organizationId}
            UNION ALL SELECT concat_ws(' ', 'commit', r.full_name, c.sha, c.parent_shas::text, c.committed_at)
            FROM commits c JOIN repositories r ON r.id = c.repository_id WHERE c.organization_id = {organizationId}
            UNION ALL SELECT concat_ws(' ', 'run', r.full_name, w.external_id, w.attempt, w.conclusion, w.completed_at)
            FROM workflow_runs w JOIN repositories r ON r.id = w.repository_id WHERE w.organization_id = {organizationId}
            UNION ALL SELECT concat_ws(' ', 'deployment', r.full_name, d.external_id, d.environment, s.state, s.created_at)
            FROM environment_deployments d JOIN repositories r ON r.id = d.repository_id
            LEFT JOIN environment_deployment_statuses s ON s.environment_deployment_id = d.id WHERE d.organization_id = {organizationId}
            UNION ALL SELECT concat_ws(' ', 'release', r.full_name, l.tag, l.sha, l.published_at)
            FROM releases l JOIN repositories r ON r.id = l.repository_id WHERE l.organization_id = {organizationId}
            ORDER BY 1
            """).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Every row of every table of facts and of what is derived from them, whole but for the clock of the sync itself.</summary>
    public async Task<List<string>> RowsAsync()
    {
        await using var db = Database.Open();
        var rows = new List<string>();
        foreach (var table in (string[])[.. Tables, "accounts", "workflow_jobs", "services", "deployments", "deployed_changes"])
        {
            rows.AddRange(await db.Database
                .SqlQuery<string>(FormattableStringFactory.Create(
                    "SELECT '" + table + " ' || (to_jsonb(t) - ARRAY['changed_at', 'linked_at', 'detected_at'])::text AS \"Value\" FROM " + table + " t ORDER BY 1"))
                .ToListAsync(TestContext.Current.CancellationToken));
        }
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await StopWorkerAsync();
        worker?.Dispose();
        await services.DisposeAsync();
        if (ownsDatabase) await Database.DisposeAsync();
    }

    private static readonly string[] Tables =
    [
        "repositories", "pull_requests", "reviews", "commits", "releases", "workflows", "workflow_runs", "environment_deployments",
        "environment_deployment_statuses", "deployment_environments",
    ];
}
