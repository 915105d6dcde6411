using System.Text.Json;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Connectors;

/// <summary>Keeps what a reader of a connector keeps, its cursors and repositories, over several fetches.</summary>
internal sealed class Reading(IConnector connector, string token = "ghp_good")
{
    public Dictionary<(string Scope, string Resource), string> Cursors { get; } = [];
    public IReadOnlyList<KnownRepository> Repositories { get; set; } = [];
    public IReadOnlySet<string>? Selected { get; set; }
    public DateTimeOffset HistoryStart { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Whose jobs are wanted; those of what calls itself a deployment, unless a test says otherwise.</summary>
    public WantsJobs WantsJobs { get; set; } = (_, workflow) => $"{workflow.Name} {workflow.Path}".Contains("deploy", StringComparison.OrdinalIgnoreCase);

    /// <summary>Commits that were deployed and are not stored, by repository; what <see cref="Fetched"/> holds counts as stored.</summary>
    public Dictionary<string, string[]> DeployedCommits { get; } = [];

    private HashSet<string> Fetched { get; } = new(StringComparer.Ordinal);

    /// <summary>Batches of the last fetch.</summary>
    public List<FactBatch> Batches { get; } = [];

    public IEnumerable<Fact> Facts => Batches.SelectMany(batch => batch.Facts);
    public IEnumerable<ScopeProblem> Problems => Batches.Select(batch => batch.Problem).OfType<ScopeProblem>();
    public int Requests => Batches.Sum(batch => batch.Requests);
    public int Points => Batches.Sum(batch => batch.Points);

    public async Task<Reading> FetchAsync(bool isFull = false, int? stopAfter = null)
    {
        var request = new FetchRequest(
            new ConnectorCredentials(token, null), Repositories, Selected, new Dictionary<(string, string), string>(Cursors), isFull, HistoryStart, Stored)
        {
            WantsJobs = WantsJobs,
        };
        return await KeepAsync(connector.FetchAsync(request, TestContext.Current.CancellationToken), stopAfter);
    }

    /// <summary>Reads single things of one of <see cref="Repositories"/> again.</summary>
    public Task<Reading> RefreshAsync(string repository, params RefreshTarget[] targets)
    {
        var request = new RefreshRequest(
            new ConnectorCredentials(token, null), Repositories.Single(known => known.ExternalId == repository), targets,
            new Dictionary<(string, string), string>(Cursors), Stored)
        {
            WantsJobs = WantsJobs,
        };
        return KeepAsync(((IRefresh)connector).RefreshAsync(request, TestContext.Current.CancellationToken), null);
    }

    private StoredCommits Stored => new(
        (repository, _) => Task.FromResult<IReadOnlyList<string>>([.. DeployedCommits.GetValueOrDefault(repository, []).Except(Fetched)]),
        (_, shas, _) => Task.FromResult<IReadOnlySet<string>>(shas.Except(Fetched).ToHashSet(StringComparer.Ordinal)));

    private async Task<Reading> KeepAsync(IAsyncEnumerable<FactBatch> batches, int? stopAfter)
    {
        Batches.Clear();
        await foreach (var batch in batches)
        {
            Batches.Add(batch);
            Fetched.UnionWith(batch.Facts.OfType<CommitFact>().Select(commit => commit.Sha));
            if (batch.Cursor is { Value: { } value } move)
                Cursors[(move.Scope, move.Resource)] = value;
            if (Batches.Count == stopAfter)
                break;
        }
        return this;
    }

    public IReadOnlyList<KnownRepository> FoundRepositories() =>
        [.. Facts.OfType<RepositoryFact>().Select(r => new KnownRepository(r.ExternalId, r.FullName, r.DefaultBranch, r.IsArchived, r.PushedAt, NodeId: r.NodeId))];

    /// <summary>Facts as text, so that two readings compare as sets, nested lists included.</summary>
    public static ISet<string> Texts(IEnumerable<Fact> facts) =>
        facts.Select(fact => $"{fact.GetType().Name} {JsonSerializer.Serialize(fact, fact.GetType())}").ToHashSet(StringComparer.Ordinal);
}
