using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>A merged pull request turns out badly and is reverted.</summary>
internal sealed class RevertStory(RepositoryStory home, PullRequest broken, Developer by)
{
    public void Begin()
    {
        var setting = home.Setting;
        var (now, main) = (setting.Clock.Now, home.Repository.Head!);
        var pull = home.Repository.Add(new PullRequest(home.Repository, 2_000_000_000L + setting.World.NextId(), home.NextNumber())
        {
            Title = $"Revert \"{broken.Title}\"",
            Body = $"Reverts {home.Repository.FullName}#{broken.Number}",
            Author = by.Account,
            CreatedAt = now,
            UpdatedAt = now,
            BaseSha = main.Sha,
            HeadRef = $"revert-{broken.Number}-{broken.HeadRef}",
            HeadOwner = home.Repository.Owner.Login,
        });
        var commit = home.Forge.For(broken).Commit($"Revert \"{broken.Title}\"\n\nThis reverts commit {broken.MergeCommit!.Sha}.", by.Signs(now), by.Signs(now), main);
        pull.Add(commit);
        (pull.Additions, pull.Deletions, pull.ChangedFiles) = (broken.Deletions, broken.Additions, broken.ChangedFiles);
        home.Repository.Branches[pull.HeadRef] = commit;
        home.Actions.Check(pull, now);
        setting.Clock.At(now + setting.Dice.Minutes(8, 50), () => Merge(pull));
    }

    private void Merge(PullRequest pull)
    {
        var setting = home.Setting;
        var now = setting.Clock.Now;
        var reviewer = setting.Dice.Pick(setting.People.Developers.FindAll(developer => developer != by));
        Reviews.By(reviewer.Account, pull, "APPROVED", "", setting);
        var landed = new Merging(home.Forge, pull, by.Signs).Land(home.MergeMethod(), now);
        (pull.MergeCommit, pull.MergedAt, pull.ClosedAt, pull.MergedBy, pull.UpdatedAt) = (landed, now, now, by.Account, now);
        home.Repository.Branches.Remove(pull.HeadRef);
        home.Repository.Push(landed, now);
        home.Actions.CheckMain(landed, pull, now);
        home.Delivery.Merged(pull);
    }
}
