using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Recordings;

/// <summary>Commits, branches and tags of a recording.</summary>
internal sealed class RecordedCommits(Recording recording)
{
    public void Load()
    {
        var parents = new List<(Repository Repository, Commit Commit, Row Row)>();
        foreach (var row in recording.Rows("commits"))
        {
            var repository = recording.RepositoryOf(row);
            parents.Add((repository, repository.Add(Read(row)), row));
        }

        foreach (var (repository, commit, row) in parents)
        {
            foreach (var parent in row.Items("parents"))
            {
                if (repository.Commits.TryGetValue(new Row(parent).Text("sha") ?? "", out var known))
                    commit.Parents.Add(known);
            }
        }

        foreach (var row in recording.Rows("branches"))
        {
            if (Target(row) is { } head)
                recording.RepositoryOf(row).Branches[row.Text("name")!] = head;
        }

        foreach (var row in recording.Rows("tags").OrderBy(row => row.Text("_date"), StringComparer.Ordinal))
        {
            if (Target(row) is { } commit)
                recording.RepositoryOf(row).Tags.Add(new Tag(row.Text("name")!, commit, Tagger(row, commit)));
        }
    }

    private Commit Read(Row row)
    {
        var details = row.Child("commit")!.Value;
        var commit = new Commit(row.Text("sha")!, details.Text("message") ?? "", Person(details.Child("author"), row.Child("author")), Person(details.Child("committer"), row.Child("committer")));
        foreach (var file in row.Items("files").Select(file => new Row(file)))
            commit.Files.Add(new ChangedFile(file.Text("filename")!, file.Count("additions"), file.Count("deletions")));
        commit.Additions = row.Child("stats")?.Count("additions") ?? 0;
        commit.Deletions = row.Child("stats")?.Count("deletions") ?? 0;
        return commit;
    }

    private GitPerson Person(Row? git, Row? account) =>
        new(git?.Text("name") ?? "unknown", git?.Text("email") ?? "", git?.Instant("date") ?? DateTimeOffset.UnixEpoch, recording.AccountOf(account));

    private Commit? Target(Row row) => recording.RepositoryOf(row).Commits.GetValueOrDefault(row.Child("commit")?.Text("sha") ?? "");

    // Only an annotated tag has a date of its own.
    private static GitPerson? Tagger(Row row, Commit commit) => row.Instant("_date") is { } date ? commit.Committer with { Date = date } : null;
}
