using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>The three ways of GitHub's merge button.</summary>
internal enum MergeMethod
{
    Squash,
    Merge,
    Rebase,
}

/// <summary>Puts a pull request's commits onto the default branch: squashed, merged or rebased.</summary>
internal sealed class Merging(Forge forge, PullRequest pull, Func<DateTimeOffset, GitPerson> merger)
{
    public Commit Land(MergeMethod method, DateTimeOffset at)
    {
        var main = pull.Repository.Head!;
        var flow = pull.Repository.World.FindAccount("web-flow");
        var web = new GitPerson("GitHub", "noreply@github.com", at, flow);
        switch (method)
        {
            case MergeMethod.Squash:
                var squashed = forge.Commit($"{pull.Title} (#{pull.Number})\n\n{Listing()}", pull.Commits[0].Author with { Date = at }, web, main);
                squashed.Files = [.. pull.Files];
                return Landed(squashed);
            case MergeMethod.Merge:
                return Landed(forge.Commit($"Merge pull request #{pull.Number} from {pull.HeadOwner}/{pull.HeadRef}\n\n{pull.Title}", merger(at), web, main, pull.Commits[^1]));
            default:
                foreach (var commit in pull.Commits.Where(commit => commit.Parents.Count < 2))
                {
                    var landed = forge.Commit(commit.Message, commit.Author, merger(at), main);
                    landed.Files = commit.Files;
                    main = Landed(landed);
                }

                return main;
        }
    }

    private Commit Landed(Commit commit)
    {
        commit.PullRequests.Add(pull);
        (commit.Additions, commit.Deletions) = (commit.Files.Sum(file => file.Additions), commit.Files.Sum(file => file.Deletions));
        return commit;
    }

    private string Listing() => string.Join('\n', pull.Commits.Take(20).Select(commit => "* " + commit.Headline));
}
