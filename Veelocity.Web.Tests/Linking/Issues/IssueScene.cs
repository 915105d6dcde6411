using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Issues;
using Veelocity.Web.Tests.Database;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Issues;

/// <summary>
/// Issues and pull requests told by hours from a Monday; a second organization has issues of the same names and a pull request that names
/// them all, which must stay among themselves.
/// </summary>
internal sealed class IssueScene : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly DatabaseDoor source;
    private readonly List<object> rows = [];
    private readonly Dictionary<string, Guid> repositories = new(StringComparer.Ordinal);
    private readonly Guid connectionId;
    private int number;

    private IssueScene(TestDatabase database)
    {
        this.database = database;
        source = new(NpgsqlDataSource.Create(database.ConnectionString));
        var organization = new Organization { Name = "Acme", Slug = "acme", TimeZone = "UTC" };
        OrganizationId = organization.Id;
        rows.Add(organization);
        connectionId = Connect(OrganizationId);
    }

    public Guid OrganizationId { get; private set; }

    public static async Task<IssueScene> SetAsync()
    {
        var scene = new IssueScene(await TestDatabase.CreateAsync());
        await scene.AddOtherAsync();
        return scene;
    }

    public Guid Issue(
        string identifier, string stateType = "started", double created = 0, double? started = null, double? completed = null, bool isTrashed = false,
        string[]? before = null, (string Type, double From)[]? spans = null)
    {
        var id = Veelocity.Web.Data.Issue.IdOf(OrganizationId, $"{identifier} {number++}");
        rows.Add(new Issue
        {
            Id = id,
            OrganizationId = OrganizationId,
            ConnectionId = connectionId,
            ExternalId = $"{number}",
            Identifier = identifier,
            PreviousIdentifiers = before ?? [],
            Title = $"About {identifier}",
            Url = $"https://linear.example/issue/{identifier}",
            StateName = stateType,
            StateType = stateType,
            CreatedAt = At(created),
            UpdatedAt = At(created),
            StartedAt = started is { } s ? At(s) : null,
            CompletedAt = completed is { } c ? At(c) : null,
            CanceledAt = stateType == "canceled" ? At(90) : null,
            IsTrashed = isTrashed,
        });
        for (var i = 0; i < (spans?.Length ?? 0); i++)
            rows.Add(new IssueStateSpan
            {
                Id = IssueStateSpan.IdOf(id, $"{i}"),
                OrganizationId = OrganizationId,
                IssueId = id,
                StateName = spans![i].Type,
                StateType = spans[i].Type,
                StartedAt = At(spans[i].From),
                EndedAt = i + 1 < spans.Length ? At(spans[i + 1].From) : null,
            });
        return id;
    }

    public Guid Pull(string branch = "topic", string title = "A change", string? body = null, double? merged = null, bool isClosed = false, string repository = "web",
        double created = 0)
    {
        var repositoryId = RepositoryId(repository);
        var id = PullRequest.IdOf(repositoryId, ++number);
        rows.Add(new PullRequest
        {
            Id = id,
            OrganizationId = OrganizationId,
            RepositoryId = repositoryId,
            Number = number,
            Title = title,
            Url = $"https://github.example/Acme/{repository}/pull/{number}",
            State = merged is not null ? PullRequestState.Merged : isClosed ? PullRequestState.Closed : PullRequestState.Open,
            CreatedAt = At(created),
            UpdatedAt = At(1),
            MergedAt = merged is { } at ? At(at) : null,
            BaseBranch = Main,
            HeadBranch = branch,
            HeadSha = "h",
            NamedIssues = Veelocity.Web.Data.NamedIssues.In(title, branch, body),
        });
        return id;
    }

    public int LastNumber => number;

    public void Attach(Guid issue, string url) => rows.Add(new IssueAttachment
    {
        Id = IssueAttachment.IdOf(OrganizationId, $"{number++}"),
        OrganizationId = OrganizationId,
        IssueId = issue,
        Url = url,
        SourceType = "github",
        CreatedAt = At(0),
    });

    public async Task<int> LinkAsync(params string[] onlyRepositories)
    {
        await SaveAsync();
        return await Linking.LinkAsync(
            OrganizationId, onlyRepositories.Length == 0 ? null : [.. onlyRepositories.Select(RepositoryId)], TestContext.Current.CancellationToken);
    }

    public async Task DecideAsync(Func<IssueDecisions, Task> decide)
    {
        await SaveAsync();
        await using var db = Open();
        await decide(new IssueDecisions(db, Linking, Clock));
    }

    public async Task<(Guid Issue, Guid Pull, IssueLinkMethod Method)[]> LinksAsync()
    {
        await using var db = Open();
        var links = await db.IssueLinks.Where(l => l.RefusedAt == null).ToListAsync();
        return [.. links.Select(l => (l.IssueId, l.PullRequestId, l.Method)).Order()];
    }

    public async Task<Issue> SeeAsync(Guid issue)
    {
        await using var db = Open();
        return await db.Issues.AsNoTracking().SingleAsync(i => i.Id == issue);
    }

    public async Task ChangeAsync(Func<VeelocityDb, Task> change)
    {
        await SaveAsync();
        await using var db = Open();
        await change(db);
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await database.DisposeAsync();
    }

    private static FakeTimeProvider Clock => new(At(200));

    private IssueLinking Linking => new(source, Clock);

    private Guid RepositoryId(string name)
    {
        if (repositories.TryGetValue(name, out var id)) return id;
        repositories[name] = id = Repository.IdOf(OrganizationId, name);
        rows.Add(new Repository
        {
            Id = id,
            OrganizationId = OrganizationId,
            ConnectionId = connectionId,
            ExternalId = name,
            FullName = $"Acme/{name}",
            Url = $"https://github.example/Acme/{name}",
            DefaultBranch = Main,
        });
        return id;
    }

    private Guid Connect(Guid organizationId)
    {
        var connection = new Connection { OrganizationId = organizationId, Kind = "github" };
        rows.Add(connection);
        return connection.Id;
    }

    // The same names in another organization; linked, so that a wrong pair would show.
    private async Task AddOtherAsync()
    {
        var (own, repository) = (OrganizationId, repositories.ToDictionary());
        var other = new Organization { Name = "Other", Slug = "other", TimeZone = "UTC" };
        rows.Add(other);
        (OrganizationId, _) = (other.Id, Connect(other.Id));
        Issue("ENG-1");
        Issue("ENG-2", before: ["OPS-7"]);
        Pull(branch: "eng-1-eng-2-ops-7", merged: 3);
        await LinkAsync();
        OrganizationId = own;
        repositories.Clear();
        foreach (var (name, id) in repository) repositories[name] = id;
    }

    private async Task SaveAsync()
    {
        await using var db = database.Open();
        db.AddRange(rows);
        await db.SaveChangesAsync();
        rows.Clear();
    }

    private VeelocityDb Open()
    {
        var db = database.Open();
        db.OrganizationId = OrganizationId;
        return db;
    }
}
