using System.Runtime.CompilerServices;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Reads of one repository whatever its pulse says has changed.</summary>
internal sealed class RepositoryReader(GitHubSession session, FetchProgress progress)
{
    private readonly PullRequestReader _pulls = new(session, progress);
    private readonly PullRequestFilesReader _files = new(session, progress);
    private readonly CommitReader _commits = new(session, progress);
    private readonly ReleaseReader _releases = new(session, progress);

    public async IAsyncEnumerable<FactBatch> ReadAsync(
        RepositoryPlace place, RepositoryPulse? pulse, FetchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (pulse is null)
            throw new ConnectorException(
                ConnectorFault.NotFound, $"GitHub lists {place.FullName}, but does not let the token read its pull requests and commits.");

        var pulls = request.CursorOf(place.Scope, PullRequestReader.Resource);
        if (PullRequestReader.HasNews(pulls, pulse))
        {
            await foreach (var batch in _pulls.ReadAsync(place, pulls, cancellation))
                yield return batch;
        }
        var files = request.CursorOf(place.Scope, PullRequestFilesReader.Resource);
        if (request.Repositories.Any(known => known.ExternalId == place.Scope && known.NeedsPaths) && PullRequestFilesReader.HasNews(files, pulse))
        {
            await foreach (var batch in _files.ReadAsync(place, files, cancellation))
                yield return batch;
        }
        var commits = request.CursorOf(place.Scope, CommitReader.Resource);
        if (CommitReader.HasNews(commits, pulse))
        {
            await foreach (var batch in _commits.ReadAsync(place, commits, pulse.Head!, cancellation))
                yield return batch;
        }
        var releases = request.CursorOf(place.Scope, ReleaseReader.Resource);
        if (ReleaseReader.HasNews(releases, pulse))
        {
            await foreach (var batch in _releases.ReadAsync(place, releases, pulse, cancellation))
                yield return batch;
        }
    }
}
