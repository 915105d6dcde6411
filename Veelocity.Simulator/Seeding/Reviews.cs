using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>The reviews of one pull request, up to the merge.</summary>
internal sealed class Reviews(Setting setting, PullRequest pull, PullRequestPlan plan, RepositoryStory home, Func<double, DateTimeOffset> later)
{
    private readonly Dice _dice = setting.Dice;

    public void Begin(Action merge)
    {
        var reviewer = Pick();
        setting.Clock.At(later(4), () => First(reviewer, merge));
    }

    public static void By(Account? author, PullRequest pull, string state, string body, Setting setting)
    {
        if (pull.ClosedAt is not null)
            return;
        var now = setting.Clock.Now;
        pull.Add(new Review(pull, 3_000_000_000L + setting.World.NextId(), author, state, now) { Body = body, CommitSha = pull.Commits[^1].Sha });
        if (author is not null && state != "PENDING")
            pull.RequestedReviewers.Remove(author);
        pull.ReviewThreads += state is "COMMENTED" or "CHANGES_REQUESTED" ? 1 : 0;
        pull.Touch(now);
    }

    private void First(Account reviewer, Action merge)
    {
        for (var extra = 0; extra < plan.ExtraReviews; extra++)
            By(Pick(), pull, "COMMENTED", "", setting);
        var draw = _dice.Between(1, 100);
        if (draw <= 18)
        {
            By(reviewer, pull, "CHANGES_REQUESTED", "Please see the comments.", setting);
            setting.Clock.At(later(4), () => Answer(reviewer, merge));
            return;
        }

        if (draw <= 45)
        {
            By(reviewer, pull, "COMMENTED", "", setting);
            if (pull.Author is { Kind: AccountKind.User } author && _dice.Chance(0.3))
                By(author, pull, "COMMENTED", "Good point.", setting);
            setting.Clock.At(later(3), () => Approve(reviewer, merge));
            return;
        }

        if (_dice.Chance(0.02))
            By(Pick(), pull, "PENDING", "", setting);
        Approve(reviewer, merge);
    }

    // The author pushes what was asked for; the old approvals fall.
    private void Answer(Account reviewer, Action merge)
    {
        if (pull.ClosedAt is not null)
            return;
        var now = setting.Clock.Now;
        var before = pull.Commits[^1];
        var fix = home.Forge.For(pull).Commit("Address review comments", before.Author with { Date = now }, before.Committer with { Date = now }, before);
        pull.Add(fix);
        pull.Additions += fix.Additions;
        pull.Deletions += fix.Deletions;
        home.Repository.Branches[pull.HeadRef] = fix;
        pull.Touch(now);
        home.Actions.Check(pull, now);
        setting.Clock.At(later(3), () => Approve(reviewer, merge));
    }

    private void Approve(Account reviewer, Action merge)
    {
        if (_dice.Chance(0.03))
        {
            By(Pick(), pull, "DISMISSED", "Approved before the last push.", setting);
        }

        By(_dice.Chance(0.01) ? null : reviewer, pull, "APPROVED", "", setting);
        if (_dice.Chance(0.3))
            pull.Comments.Add(new Comment(setting.World.NextId(), reviewer, setting.Clock.Now, "Nice, thanks!"));
        setting.Clock.At(later(1), merge);
    }

    private Account Pick()
    {
        var reviewer = _dice.Pick(setting.People.Developers).Account;
        return reviewer == pull.Author ? setting.People.Developers[(setting.People.Organization.Members.IndexOf(reviewer) + 1) % setting.People.Developers.Count].Account : reviewer;
    }
}
