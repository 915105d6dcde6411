using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>How merged work reaches users in one repository.</summary>
internal abstract class Delivery(RepositoryStory home)
{
    protected RepositoryStory Home { get; } = home;
    protected Setting Setting => Home.Setting;
    protected Dice Dice => Home.Setting.Dice;
    protected Repository Repository => Home.Repository;

    /// <summary>Sets up what exists from the start.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>A pull request was opened.</summary>
    public virtual void Opened(PullRequest pull)
    {
    }

    /// <summary>A pull request was merged just now.</summary>
    public virtual void Merged(PullRequest pull)
    {
    }

    protected Account Somebody() => Dice.Pick(Setting.People.Developers).Account;
}

/// <summary>Nothing is shipped.</summary>
internal sealed class NoDelivery(RepositoryStory home) : Delivery(home);
