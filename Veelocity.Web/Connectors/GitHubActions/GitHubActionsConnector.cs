using System.Runtime.CompilerServices;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>Workflows and their runs, environments and deployments, of the repositories that the GitHub connector found.</summary>
internal sealed class GitHubActionsConnector(GitHubApi api, GitHubTokenCheck check) : IConnector, IRefresh
{
    private const string ArchivedResource = "archived";

    public ConnectorInfo Info { get; } = new(
        "github_actions",
        "GitHub Actions",
        GitHubConnector.Kind,
        2,
        ["deployment_frequency", "lead_time_for_changes", "change_failure_rate", "builds"]);

    public Task<CredentialCheck> TestAsync(ConnectorCredentials credentials, CancellationToken cancellation) =>
        check.RunAsync(credentials, cancellation);

    public async IAsyncEnumerable<FactBatch> FetchAsync(FetchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var session = api.Open(request.Credentials);
        var progress = new FetchProgress(session.Meter);
        var deployments = new DeploymentReader(session, progress);
        var queue = new JobQueue(session, progress);
        var scoped = new ScopedReading(progress);
        var places = new List<RepositoryPlace>();
        // Nothing runs in an archived repository any more: once is enough, after it was archived.
        List<KnownRepository> read =
        [
            .. request.Repositories.OrderByDescending(known => known.PushedAt)
                .Where(known => !known.IsGone && !(known.IsArchived && (request.IsFull || request.CursorOf(known.ExternalId, ArchivedResource) is not null))),
        ];
        var pulses = await new DeploymentPulses(session).TakeAsync([.. read.Select(known => known.NodeId).OfType<string>()], cancellation);
        var files = new WorkflowFiles(session, progress);
        foreach (var batch in await files.ReadAsync(read, pulses, request, cancellation))
            yield return batch;
        foreach (var repository in read)
        {
            var place = RepositoryPlace.Of(repository);
            places.Add(place);
            var isWhole = true;
            // Deployments first: they are few, and what the first numbers are made of.
            var deployed = ReadDeploymentsAsync(session, progress, deployments, request, place, pulses.GetValueOrDefault(repository.NodeId ?? ""), cancellation);
            await foreach (var batch in scoped.ReadAsync(place.Scope, $"Deployments of {place.FullName}", deployed, cancellation))
            {
                isWhole &= batch.Problem is null;
                yield return batch;
            }
            var runs = ReadRunsAsync(session, progress, queue, files, request, place, cancellation);
            await foreach (var batch in scoped.ReadAsync(place.Scope, $"Workflow runs of {place.FullName}", runs, cancellation))
            {
                isWhole &= batch.Problem is null;
                yield return batch;
            }
            if (repository.IsArchived && isWhole)
                queue.AddMove(place.Scope, ArchivedResource, () => "read");
            else if (!repository.IsArchived && request.CursorOf(place.Scope, ArchivedResource) is not null)
                yield return progress.Batch($"Workflow runs of {place.FullName}", [], new CursorMove(place.Scope, ArchivedResource, null));
        }
        await foreach (var batch in scoped.ReadAsync("", "Jobs", queue.ReadAsync(isEnd: true, cancellation), cancellation))
            yield return batch;
        foreach (var place in places)
        {
            var commits = new DeployedCommitReader(session, progress).ReadAsync(
                place, request.CursorOf(place.Scope, DeployedCommitReader.Resource), request.StoredCommits, cancellation);
            await foreach (var batch in scoped.ReadAsync(place.Scope, $"Deployed commits of {place.FullName}", commits, cancellation))
                yield return batch;
        }
        yield return progress.Batch("GitHub Actions is read", [], null);
    }

    public async IAsyncEnumerable<FactBatch> RefreshAsync(RefreshRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var session = api.Open(request.Credentials);
        var progress = new FetchProgress(session.Meter);
        var place = RepositoryPlace.Of(request.Repository);
        string[] deployments = [.. request.Targets.OfType<DeploymentTarget>().Select(target => target.NodeId).Distinct(StringComparer.Ordinal)];
        long[] runs = [.. request.Targets.OfType<RunTarget>().Select(target => target.RunId).Distinct()];
        if (deployments.Length + runs.Length == 0)
            yield break;

        var environments = new EnvironmentBook(session, progress, place, request.CursorOf(EnvironmentBook.Resource));
        var workflows = new WorkflowBook(
            session, place, request.CursorOf(WorkflowBook.Resource),
            new WorkflowFiles(session, progress).Of(place.Scope, request.CursorOf(WorkflowFiles.Resource)), request.WantsJobs);
        var scoped = new ScopedReading(progress);
        IAsyncEnumerable<FactBatch>[] parts =
        [
            new DeploymentReader(session, progress).ReadAgainAsync(place, deployments, environments, cancellation),
            new RunReader(session, progress, place, workflows, new JobQueue(session, progress)).ReadAgainAsync(runs, request.CursorOf(RunReader.Resource), cancellation),
            new DeployedCommitReader(session, progress).ReadAsync(
                place, request.CursorOf(DeployedCommitReader.Resource), request.StoredCommits, cancellation),
        ];
        foreach (var part in parts)
        {
            await foreach (var batch in scoped.ReadAsync(place.Scope, place.FullName, part, cancellation))
                yield return batch;
        }
    }

    private static IAsyncEnumerable<FactBatch> ReadDeploymentsAsync(
        GitHubSession session, FetchProgress progress, DeploymentReader reader, FetchRequest request, RepositoryPlace place,
        DeploymentPulse? pulse, CancellationToken cancellation)
    {
        var cursor = request.CursorOf(place.Scope, DeploymentReader.Resource);
        if (!DeploymentReader.HasNews(cursor, pulse))
            return AsyncEnumerable.Empty<FactBatch>();
        var environments = new EnvironmentBook(session, progress, place, request.CursorOf(place.Scope, EnvironmentBook.Resource));
        return reader.ReadAsync(place, cursor, pulse, environments, cancellation);
    }

    private static async IAsyncEnumerable<FactBatch> ReadRunsAsync(
        GitHubSession session, FetchProgress progress, JobQueue queue, WorkflowFiles files, FetchRequest request, RepositoryPlace place,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var book = new WorkflowBook(
            session, place, request.CursorOf(place.Scope, WorkflowBook.Resource),
            files.Of(place.Scope, request.CursorOf(place.Scope, WorkflowFiles.Resource)), request.WantsJobs);
        var reader = new RunReader(session, progress, place, book, queue);
        await using var batches = reader.ReadAsync(request, cancellation).GetAsyncEnumerator(cancellation);
        while (await NextAsync(batches, place))
            yield return batches.Current;
        // A full run knows no cursors of before; catching up is the others' part.
        if (request.IsFull)
            yield break;
        await foreach (var batch in new PastJobs(session, progress, place, book, queue).ReadAsync(request, cancellation))
            yield return batch;
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<FactBatch> batches, RepositoryPlace place)
    {
        try
        {
            return await batches.MoveNextAsync();
        }
        catch (ConnectorException failure) when (failure.Fault == ConnectorFault.NotFound
            || failure.Fault == ConnectorFault.MissingPermission
            && !failure.Message.Contains("not accessible", StringComparison.OrdinalIgnoreCase))
        {
            throw new ConnectorException(
                ConnectorFault.FeatureDisabled,
                $"Actions are switched off in {place.FullName}, or the token lacks the permission Actions (read). {failure.Message}",
                inner: failure);
        }
    }
}
