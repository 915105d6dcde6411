using System.Runtime.CompilerServices;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Reads single things of one repository again with the readers that read all of them.</summary>
internal sealed class RepositoryRefresh(GitHubSession session, FetchProgress progress)
{
    private readonly PullRequestReader _pulls = new(session, progress);
    private readonly PullRequestFilesReader _files = new(session, progress);
    private readonly CommitReader _commits = new(session, progress);
    private readonly ReleaseReader _releases = new(session, progress);

    public async IAsyncEnumerable<FactBatch> ReadAsync(
        RepositoryPlace place, RefreshTarget target, RefreshRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        switch (target)
        {
            case PullRequestTarget pull:
                yield return await _pulls.ReadOneAsync(place, pull.Number, cancellation);
                if (request.Repository.NeedsPaths) yield return await _files.ReadOneAsync(place, pull.Number, cancellation);
                break;
            case CommitsTarget:
                await foreach (var batch in _commits.ReadNewestAsync(place, request.CursorOf(CommitReader.Resource), cancellation))
                    yield return batch;
                break;
            case ReleasesTarget:
                yield return await _releases.ReadNewestAsync(place, cancellation);
                break;
        }
    }
}
