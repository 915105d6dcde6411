namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Reads of one repository whatever its pulse says has changed.</summary>
internal sealed class RepositoryReader(GitHubSession session, FetchProgress progress)
{
    private readonly PullRequestReader _pulls = new(session, progress);
    private readonly PullRequestFilesReader _files = new(session, progress);
    private readonly CommitReader _commits = new(session, progress);
    private readonly ReleaseReader _releases = new(session, progress);

    /// <summary>The parts that have news; each can be read without the others.</summary>
    public IEnumerable<(string Phase, IAsyncEnumerable<FactBatch> Batches)> PartsOf(
        RepositoryPlace place, RepositoryPulse pulse, FetchRequest request, CancellationToken cancellation)
    {
        var pulls = request.CursorOf(place.Scope, PullRequestReader.Resource);
        if (PullRequestReader.HasNews(pulls, pulse))
            yield return ($"Pull requests of {place.FullName}", _pulls.ReadAsync(place, pulls, cancellation));
        var files = request.CursorOf(place.Scope, PullRequestFilesReader.Resource);
        if (request.Repositories.Any(known => known.ExternalId == place.Scope && known.NeedsPaths) && PullRequestFilesReader.HasNews(files, pulse))
            yield return ($"Changed files of {place.FullName}", _files.ReadAsync(place, files, cancellation));
        var commits = request.CursorOf(place.Scope, CommitReader.Resource);
        if (CommitReader.HasNews(commits, pulse))
            yield return ($"Commits of {place.FullName}", _commits.ReadAsync(place, commits, pulse.Head!, cancellation));
        var releases = request.CursorOf(place.Scope, ReleaseReader.Resource);
        if (ReleaseReader.HasNews(releases, pulse))
            yield return ($"Releases of {place.FullName}", _releases.ReadAsync(place, releases, pulse, cancellation));
    }
}
