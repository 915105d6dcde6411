using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>The life of one repository: its first commits, then pull requests, each of which may be delivered.</summary>
internal sealed class RepositoryStory
{
    private int _lastNumber;

    public RepositoryStory(Setting setting, RepositoryPlan plan)
    {
        (Setting, Plan) = (setting, plan);
        End = LastDay(setting, plan);
        Repository = setting.World.Add(new Repository(setting.World, setting.World.NextId(), setting.People.Organization, plan.Name)
        {
            IsPrivate = plan.IsPrivate,
            IsArchived = plan.ArchivedDaysAgo > 0,
            Services = plan.Services,
            Description = $"Acme's {plan.Name}",
            PrimaryLanguage = plan.Language.Length == 0 ? null : plan.Language,
            CreatedAt = setting.Start.AddDays(-2),
            UpdatedAt = setting.Start.AddDays(-2),
        });
        Forge = new Forge(Repository, setting.Dice, setting.Options.Seed);
        Actions = new ActionsStory(setting, Repository);
        Delivery = plan.Delivery switch
        {
            DeliveryKind.Environments => new EnvironmentDelivery(this),
            DeliveryKind.Workflow => new WorkflowDelivery(this),
            DeliveryKind.Releases => new ReleaseDelivery(this),
            DeliveryKind.Mobile => new MobileDelivery(this),
            DeliveryKind.Monorepo => new MonorepoDelivery(this),
            _ => new NoDelivery(this),
        };
    }

    public Setting Setting { get; }
    public RepositoryPlan Plan { get; }
    public Repository Repository { get; }
    public Forge Forge { get; }
    public ActionsStory Actions { get; }
    public Delivery Delivery { get; }

    /// <summary>When its history ends: now, or when it was archived.</summary>
    public DateTimeOffset End { get; }

    // A history too short for that ends half-way.
    private static DateTimeOffset LastDay(Setting setting, RepositoryPlan plan)
    {
        var end = setting.End.AddDays(-plan.ArchivedDaysAgo);
        return end > setting.Start.AddDays(7) ? end : setting.Start + ((setting.End - setting.Start) / 2);
    }

    public void Begin()
    {
        if (Plan.IsEmpty)
            return;
        Setting.Clock.At(Setting.Start.AddDays(-1), Found);
        var count = (int)Math.Round(Setting.Options.PullRequests * Plan.Share);
        for (var index = 0; index < count; index++)
        {
            // The first ones start early and the rest anywhere, so that a small world has history too.
            var drawn = Setting.Dice.Pick(Setting.People.Developers);
            var author = Setting.Options.HasTeams ? Setting.People.InTeamOf(Plan.Name, drawn) : drawn;
            var start = author.AtWork(Setting.Dice.Moment(Setting.Start, End), Setting.Dice);
            var story = new PullRequestStory(this, author, PullRequestPlan.Draw(Setting, Plan, index, count));
            Setting.Clock.At(start, story.Begin);
        }

        if (Plan.IsCheckedNightly)
            Actions.RunNightly(Setting.Start.AddHours(2));

        // Merged in the last hours, when nothing goes to production any more: they wait.
        for (var waiting = 0; Plan.HasGiants && waiting < 3; waiting++)
        {
            var story = new PullRequestStory(this, Setting.People.Developers[waiting], new PullRequestPlan { IsQuick = true, Commits = 2 });
            Setting.Clock.At(End.AddHours(-18), story.Begin);
        }

        Delivery.Begin();
    }

    /// <summary>Pull requests share their numbers with issues, so some are skipped.</summary>
    public int NextNumber() => _lastNumber += Setting.Dice.Chance(0.25) ? 2 : 1;

    /// <summary>How the next pull request is merged.</summary>
    public MergeMethod MergeMethod()
    {
        var draw = Setting.Dice.Between(0, 99) / 100.0;
        return draw < Plan.Squash ? Seeding.MergeMethod.Squash : draw < Plan.Squash + Plan.Merge ? Seeding.MergeMethod.Merge : Seeding.MergeMethod.Rebase;
    }

    private void Found()
    {
        var founder = Setting.People.Developers[0];
        var at = Setting.Clock.Now;
        var first = Forge.Commit("Initial commit", founder.Signs(at), founder.Signs(at));
        for (var count = 0; count < 4; count++)
        {
            at = at.AddMinutes(30);
            first = Forge.Commit(Words.Title(Setting.Dice), founder.Signs(at), founder.Signs(at), first);
        }

        Repository.Push(first, at);
    }
}
