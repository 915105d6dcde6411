using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Histories;

/// <summary>What one change works with: the world, chance, the moment, and what it was told to happen to.</summary>
internal sealed class Scene(World world, Dice dice, DateTimeOffset now, ChangeTarget target)
{
    public World World => world;
    public Dice Dice => dice;
    public DateTimeOffset Now => now;
    public ChangeTarget Target => target;

    /// <summary>Where the change happened, once that is known.</summary>
    public Repository? Place { get; private set; }

    /// <summary>The repositories in which work goes on.</summary>
    public IEnumerable<Repository> Alive => world.Repositories.Where(repository => !repository.IsHidden && !repository.IsArchived && repository.Head is not null);

    /// <summary>One of the living repositories, or the one that was named.</summary>
    public Repository? Somewhere() => Choose(Alive);

    /// <summary>One of these repositories, or the one that was named.</summary>
    public Repository? Choose(IEnumerable<Repository> among)
    {
        var found = among.Where(repository => target.Repository is null || repository.FullName.Equals(target.Repository, StringComparison.OrdinalIgnoreCase)).ToList();
        return Place = found.Count == 0 ? null : dice.Pick(found);
    }

    /// <summary>A pull request that fits, in any living repository.</summary>
    public PullRequest? Pull(Predicate<PullRequest> fits) =>
        Something(repository => repository.PullRequests, pull => (target.Number is null || pull.Number == target.Number) && fits(pull));

    /// <summary>Something that fits from the lists of a living repository; each is tried in turn from one drawn by lot.</summary>
    public T? Something<T>(Func<Repository, IEnumerable<T>> list, Predicate<T> fits) where T : class
    {
        var places = Alive.Where(repository => target.Repository is null || repository.FullName.Equals(target.Repository, StringComparison.OrdinalIgnoreCase)).ToList();
        var first = places.Count == 0 ? 0 : dice.Between(0, places.Count - 1);
        for (var turn = 0; turn < places.Count; turn++)
        {
            var place = places[(first + turn) % places.Count];
            if (list(place).Where(item => fits(item)).ToList() is not { Count: > 0 } found)
                continue;
            Place = place;
            return dice.Pick(found);
        }

        return null;
    }

    /// <summary>Whether it is the one that was asked for by id, if one was.</summary>
    public bool IsAsked(long id) => target.Id is null || target.Id == id;

    /// <summary>A person who may write, preferably not this one.</summary>
    public Account Somebody(Account? except = null)
    {
        var people = world.Accounts.Where(account => account.Kind == AccountKind.User && account.Email is not null && account.Login is not ("web-flow" or "ghost")).ToList();
        if (people.Count == 0)
            return world.Viewer;
        return people.FindAll(account => account != except) is { Count: > 0 } others ? dice.Pick(others) : people[0];
    }

    /// <summary>How a person signs commits at this moment.</summary>
    public GitPerson Signs(Account? account) =>
        account is null ? new GitPerson("Somebody", "somebody@example.org", now, null) : new(account.Name ?? account.Login, account.Email ?? $"{account.Id}+{account.Login}@users.noreply.github.com", now, account);

    /// <summary>Makes commits with hashes that never occurred before.</summary>
    public Forge Forge(Repository repository, PullRequest? pull = null) => new Forge(repository, dice, (int)world.NextId()).For(pull);

    /// <summary>Tells those who listen, such as webhooks.</summary>
    public void Tell(string happening, string? action, Repository repository, object subject, Account? sender, object? detail = null) =>
        world.Tell(new Happening(happening, action, repository, subject, sender, now, detail));
}
