using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>Ships by release about every nine days; now and then a candidate first, or a draft that nobody publishes.</summary>
internal sealed class ReleaseDelivery(RepositoryStory home, string prefix = "v", double everyDays = 9) : Delivery(home)
{
    private int _minor;

    public override void Begin() => Setting.Clock.At(Setting.Start.AddDays(5), Next);

    private void Next()
    {
        var now = Setting.Clock.Now;
        if (now > Home.End)
            return;
        var version = $"{prefix}1.{++_minor}.0";
        if (Dice.Chance(0.1))
            Draft($"{prefix}1.{_minor}.1", now);
        if (Dice.Chance(0.2))
            Publish(version + "-rc.1", now, isPrerelease: true);
        else if (Repository.Tags.Count == 0 || Repository.Tags[^1].Commit != Repository.Head)
            Publish(version, now, isPrerelease: false);
        Setting.Clock.At(Dice.Pick(Setting.People.Developers).AtWork(now + Dice.Around(everyDays * 24, 0.3), Dice), Next);
    }

    private void Publish(string tag, DateTimeOffset at, bool isPrerelease)
    {
        var head = Repository.Head!;
        var by = Dice.Pick(Setting.People.Developers);
        Repository.Tags.Add(new Tag(tag, head, Dice.Chance(0.5) ? by.Signs(at) : null));
        Repository.Add(new Release(Repository, Setting.World.NextId(), tag)
        {
            IsPrerelease = isPrerelease,
            CreatedAt = head.Committer.Date,
            PublishedAt = at,
            Author = by.Account,
            Body = "What is new.",
        });
    }

    private void Draft(string tag, DateTimeOffset at) => Repository.Add(new Release(Repository, Setting.World.NextId(), tag)
    {
        IsDraft = true,
        CreatedAt = at,
        Author = Somebody(),
        Body = "To be written.",
    });
}
