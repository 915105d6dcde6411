using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>Puts a pull request's commits onto the default branch: squashed, merged or rebased, as the repository likes.</summary>
internal sealed class Merging(RepositoryStory home, PullRequest pull, Developer merger)
{
    public Commit Land(DateTimeOffset at)
    {
        var main = home.Repository.Head!;
        var flow = home.Setting.People.WebFlow;
        var web = new GitPerson(flow.Name!, flow.Email!, at, flow);
        var draw = home.Setting.Dice.Between(0, 99) / 100.0;
        if (draw < home.Plan.Squash)
            return Landed(home.Forge.Commit($"{pull.Title} (#{pull.Number})\n\n{Listing()}", pull.Commits[0].Author with { Date = at }, web, main));
        if (draw < home.Plan.Squash + home.Plan.Merge)
            return Landed(home.Forge.Commit($"Merge pull request #{pull.Number} from {pull.HeadOwner}/{pull.HeadRef}\n\n{pull.Title}", merger.Signs(at), web, main, pull.Commits[^1]));
        foreach (var commit in pull.Commits.Where(commit => commit.Parents.Count < 2))
            main = Landed(home.Forge.Commit(commit.Message, commit.Author, merger.Signs(at), main));
        return main;
    }

    private Commit Landed(Commit commit)
    {
        commit.PullRequests.Add(pull);
        return commit;
    }

    private string Listing() => string.Join('\n', pull.Commits.Take(20).Select(commit => "* " + commit.Headline));
}
