using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Tests.Database;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Incidents;

/// <summary>
/// Releases of two services, pull requests in them and incidents, told by hours from a Monday; a second organization has a release at
/// every hour, which no incident of the first may be blamed on.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly Organization _organization = new() { Name = "Acme", Slug = "acme", TimeZone = "UTC" };
    private readonly Organization _other = new() { Name = "Other", Slug = "other", TimeZone = "UTC" };
    private readonly List<object> _rows = [];
    private readonly TestDatabase _database;
    private readonly DatabaseDoor _source;
    private readonly Dictionary<int, (Guid Release, double At)> _released = [];
    private int _pulls;

    private Scene(TestDatabase database)
    {
        _database = database;
        _source = new(NpgsqlDataSource.Create(database.ConnectionString));
        _rows.AddRange([_organization, _other]);
        foreach (var name in new[] { "web", "api" }) AddService(_organization, name);
        AddService(_other, "web");
        for (var hour = 0; hour < 100; hour++) _rows.Add(Row(_other, "web", $"other {hour}", hour));
    }

    public static async Task<Scene> SetAsync() => new(await TestDatabase.CreateAsync());

    public Guid ServiceId(string name) => Service.IdOf(Repository.IdOf(_organization.Id, name));

    public void OnlyOneService() => _rows.RemoveAll(row => row is Service { Name: "api" });

    public void Window(int hours) => _organization.IncidentWindowHours = hours;

    public Guid Release(
        string sha, double at, string service = "web", Guid? takesBack = null, string? environment = null,
            double? started = null, bool isRepeat = false,
        string? url = null)
    {
        var release = Row(_organization, service, sha, at, takesBack, environment, started, isRepeat, url);
        _rows.Add(release);
        return release.Id;
    }

    /// <summary>A merged pull request; deployed by the release when one is given.</summary>
    public int Pull(
        double merged, Guid? release = null, double deployed = 0, string title = "Change", string branch = "topic", string[]? labels = null,
        int? reverts = null, string? mergeSha = null)
    {
        var repository = Repository.IdOf(_organization.Id, "web");
        var number = ++_pulls;
        _rows.Add(new PullRequest
        {
            Id = PullRequest.IdOf(repository, number),
            OrganizationId = _organization.Id,
            RepositoryId = repository,
            Number = number,
            Title = title,
            Url = $"https://github.example/acme/web/pull/{number}",
            State = PullRequestState.Merged,
            CreatedAt = At(merged - 1),
            UpdatedAt = At(merged),
            MergedAt = At(merged),
            BaseBranch = Main,
            HeadBranch = branch,
            HeadSha = "h",
            MergeCommitSha = mergeSha,
            Labels = labels ?? [],
            IsRevert = reverts is not null,
            IsHotfix = PullRequestRules.Default.IsHotfix(title, branch, labels ?? []),
        });
        if (reverts is { } reverted)
            _rows.Add(new Revert
            {
                Id = Guid.NewGuid(),
                OrganizationId = _organization.Id,
                RepositoryId = repository,
                PullRequestId = PullRequest.IdOf(repository, number),
                RevertedPullRequestId = PullRequest.IdOf(repository, reverted),
                MergedAt = At(merged),
                DeploymentId = release,
                RevertedDeploymentId = _released.TryGetValue(reverted, out var known) && known.At < merged ? known.Release : null,
            });
        if (release is { } id)
        {
            _released[number] = (id, deployed);
            _rows.Add(new DeployedChange
            {
                PullRequestId = PullRequest.IdOf(repository, number),
                OrganizationId = _organization.Id,
                RepositoryId = repository,
                ServiceId = ServiceId("web"),
                DeploymentId = id,
                DeployedAt = At(deployed),
            });
        }
        return number;
    }

    public Guid Incident(
        double started, double? resolved = null, string? service = "web", string? environment = null,
            string? cause = null, bool namesOther = false)
    {
        var incident = new Incident
        {
            OrganizationId = _organization.Id,
            Title = "Something broke",
            StartedAt = At(started),
            ServiceId = service is null ? null : ServiceId(service),
            Environment = environment,
            NamedCause = cause,
            NamesOther = namesOther,
        };
        if (resolved is { } end) incident.Resolve(At(end));
        _rows.Add(incident);
        return incident.Id;
    }

    public async Task<Scene> LinkAsync()
    {
        await using (var db = Open())
        {
            db.AddRange(_rows);
            await db.SaveChangesAsync();
            _rows.Clear();
        }
        await new Linker(_source, new FakeTimeProvider(At(200))).LinkIncidentsAsync(_organization.Id, CancellationToken.None);
        return this;
    }

    public async Task<Incident> SeeAsync(Guid incident)
    {
        await using var db = Open();
        return await db.Incidents.SingleAsync(i => i.Id == incident);
    }

    public async Task<(ChangeFailure? FailedBy, Rework? Rework)> SeeReleaseAsync(Guid release)
    {
        await using var db = Open();
        var deployment = await db.Deployments.SingleAsync(d => d.Id == release);
        return (deployment.FailedBy, deployment.Rework);
    }

    public async Task ChangeAsync(Guid incident, Action<Incident> change)
    {
        await using var db = Open();
        change(await db.Incidents.SingleAsync(i => i.Id == incident));
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    private VeelocityDb Open()
    {
        var db = _database.Open();
        db.OrganizationId = _organization.Id;
        return db;
    }

    private void AddService(Organization organization, string name)
    {
        var connection = _rows.OfType<Connection>().FirstOrDefault(c => c.OrganizationId == organization.Id);
        if (connection is null) _rows.Add(connection = new Connection { OrganizationId = organization.Id, Kind = "github" });
        var repository = Repository.IdOf(organization.Id, name);
        _rows.Add(new Repository
        {
            Id = repository,
            OrganizationId = organization.Id,
            ConnectionId = connection.Id,
            ExternalId = name,
            FullName = $"acme/{name}",
            Url = $"https://github.example/acme/{name}",
        });
        _rows.Add(new Service { Id = Service.IdOf(repository), OrganizationId = organization.Id, RepositoryId = repository, Name = name });
    }

    private static Deployment Row(
        Organization organization, string service, string sha, double at, Guid? takesBack = null,
            string? environment = null, double? started = null,
        bool isRepeat = false, string? url = null)
    {
        var repository = Repository.IdOf(organization.Id, service);
        var id = Service.IdOf(repository);
        return new Deployment
        {
            Id = Veelocity.Web.Data.Deployment.IdOf(id, environment ?? "production", $"{sha} {at}"),
            OrganizationId = organization.Id,
            RepositoryId = repository,
            ServiceId = id,
            SourceKey = $"{sha} {at}",
            Environment = environment ?? "production",
            IsProduction = environment is null,
            Sha = sha,
            Title = $"Deploy {sha}",
            Url = url ?? $"https://github.example/builds/{sha}/{at}",
            StartedAt = At(started ?? at - 0.1),
            FinishedAt = At(at),
            IsRelease = !isRepeat,
            IsRollback = takesBack is not null,
            TakesBackId = takesBack,
            Contents = DeploymentContents.Ancestry,
        };
    }
}
