namespace Veelocity.Simulator.Worlds;

/// <summary>Takes a deleted account out of everything that names it: GitHub shows the ghost there, and no time of change moves.</summary>
internal sealed class Departure(Account gone)
{
    public void From(World world)
    {
        var ghost = world.FindAccount("ghost") ?? world.Add(new Account(10137, "ghost", AccountKind.User) { CreatedAt = world.Now });
        foreach (var account in world.Accounts)
        {
            account.Members.Remove(gone);
            foreach (var team in account.Teams)
                team.Members.Remove(gone);
        }

        foreach (var repository in world.Repositories)
            From(repository, ghost);
    }

    private void From(Repository repository, Account ghost)
    {
        foreach (var commit in repository.Commits.Values)
            (commit.Author, commit.Committer) = (Without(commit.Author), Without(commit.Committer));
        foreach (var pull in repository.PullRequests)
        {
            (pull.Author, pull.MergedBy) = (Without(pull.Author), Without(pull.MergedBy));
            pull.RequestedReviewers.Remove(gone);
            foreach (var review in pull.Reviews)
                review.Author = Without(review.Author);
            Replace(pull.Timeline, happened => happened.Actor == gone, happened => happened with { Actor = null });
            Replace(pull.Comments, comment => comment.Author == gone, comment => comment with { Author = null });
        }

        foreach (var run in repository.Runs)
        {
            run.Actor = Without(run.Actor);
            foreach (var attempt in run.Attempts)
                attempt.TriggeringActor = Without(attempt.TriggeringActor);
        }

        foreach (var deployment in repository.Deployments)
        {
            // Where GitHub always names somebody, the ghost stands.
            deployment.Creator = Without(deployment.Creator) ?? ghost;
            foreach (var status in deployment.Statuses)
                status.Creator = Without(status.Creator) ?? ghost;
        }

        foreach (var release in repository.Releases)
            release.Author = Without(release.Author);
    }

    private Account? Without(Account? account) => account == gone ? null : account;

    private GitPerson Without(GitPerson person) => person.Account == gone ? person with { Account = null } : person;

    private static void Replace<T>(List<T> items, Predicate<T> which, Func<T, T> by)
    {
        for (var place = 0; place < items.Count; place++)
            items[place] = which(items[place]) ? by(items[place]) : items[place];
    }
}
