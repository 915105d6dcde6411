using System.Runtime.CompilerServices;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Repositories, pull requests with reviews, the default branch's commits, and releases.</summary>
internal sealed class GitHubConnector(GitHubApi api, GitHubTokenCheck check) : IConnector, IRefresh, IRepositoryNames
{
    public const string Kind = "github";

    public ConnectorInfo Info { get; } = new(
        Kind,
        "GitHub",
        Kind,
        1,
        ["lead_time_for_changes", "pr_review_time", "cycle_time", "throughput"]);

    public Task<CredentialCheck> TestAsync(ConnectorCredentials credentials, CancellationToken cancellation) =>
        check.RunAsync(credentials, cancellation);

    public async Task<IReadOnlyList<string>> UnknownAsync(
        ConnectorCredentials credentials, IReadOnlySet<string> selected, CancellationToken cancellation)
    {
        var session = api.Open(credentials);
        var unknown = new List<string>();
        await foreach (var batch in new RepositoryList(session, new FetchProgress(session.Meter)).ReadAsync(selected, [], cancellation))
        {
            if (batch.Problem is { } problem && selected.Contains(problem.Scope)) unknown.Add(problem.Scope);
        }
        return unknown;
    }

    public async IAsyncEnumerable<FactBatch> FetchAsync(FetchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var session = api.Open(request.Credentials);
        var progress = new FetchProgress(session.Meter);
        var list = new RepositoryList(session, progress);
        await foreach (var batch in list.ReadAsync(request.SelectedRepositories, request.Repositories, cancellation))
            yield return batch;

        var isAnyNew = list.Found.Any(row => request.CursorOf(row.ExternalId, CommitReader.Resource) is null);
        var pulses = await new RepositoryPulses(session)
            .TakeAsync([.. list.Found.Select(row => row.NodeId!)], isAnyNew, cancellation);
        ExpectAll(request, list, pulses, progress);

        var reader = new RepositoryReader(session, progress);
        var scoped = new ScopedReading(progress);
        foreach (var row in list.Found)
        {
            var place = new RepositoryPlace(row.ExternalId, row.Name);
            if (!pulses.TryGetValue(row.NodeId!, out var pulse))
            {
                yield return progress.Batch(place.FullName, [], null, NotRead(place));
                continue;
            }
            await foreach (var batch in scoped.ReadAsync(place.Scope, reader.PartsOf(place, pulse, request, cancellation), cancellation))
                yield return batch;
        }
        yield return progress.Batch("GitHub is read", [], null);
    }

    public async IAsyncEnumerable<FactBatch> RefreshAsync(RefreshRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var session = api.Open(request.Credentials);
        var progress = new FetchProgress(session.Meter);
        var place = RepositoryPlace.Of(request.Repository);
        var refresh = new RepositoryRefresh(session, progress);
        var scoped = new ScopedReading(progress);
        foreach (var target in request.Targets.Distinct())
        {
            await foreach (var batch in scoped.ReadAsync(
                place.Scope, place.FullName, refresh.ReadAsync(place, target, request, cancellation), cancellation))
                yield return batch;
        }
    }

    public async Task<NamedRepository> FindAsync(ConnectorCredentials credentials, string fullName, CancellationToken cancellation)
    {
        var session = api.Open(credentials);
        string? id = null;
        try
        {
            id = (await session.Rest.GetAsync<RepositoryRow>(new RepositoryPlace("", fullName).Path, cancellation)).Rows.ExternalId;
        }
        catch (ConnectorException failure) when (failure.Fault is ConnectorFault.NotFound or ConnectorFault.MissingPermission
            or ConnectorFault.SsoRequired or ConnectorFault.Malformed)
        {
            // It leads nowhere.
        }
        return new NamedRepository(id, session.Meter.Take().Requests);
    }

    private static ScopeProblem NotRead(RepositoryPlace place) => new(
        place.Scope, ConnectorFault.NotFound, $"GitHub lists {place.FullName}, but does not let the token read its pull requests and commits.");

    private static void ExpectAll(
        FetchRequest request, RepositoryList list, Dictionary<string, RepositoryPulse> pulses, FetchProgress progress)
    {
        foreach (var row in list.Found)
        {
            if (!pulses.TryGetValue(row.NodeId!, out var pulse))
                continue;
            if (request.CursorOf(row.ExternalId, PullRequestReader.Resource) is null)
                progress.Expect(pulse.PullRequests);
            if (request.CursorOf(row.ExternalId, CommitReader.Resource) is null)
                progress.Expect(pulse.Commits ?? 0);
            if (request.CursorOf(row.ExternalId, ReleaseReader.Resource) is null)
                progress.Expect(pulse.Releases);
        }
    }
}
