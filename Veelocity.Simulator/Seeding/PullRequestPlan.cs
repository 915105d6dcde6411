namespace Veelocity.Simulator.Seeding;

/// <summary>Whose work a pull request is.</summary>
internal enum AuthorKind
{
    Human,
    Gone,
    Dependabot,
    Renovate,
    Agent,
}

/// <summary>What will be peculiar about one pull request, drawn before it starts.</summary>
internal sealed record PullRequestPlan
{
    public AuthorKind Author { get; init; }
    public int Commits { get; init; } = 1;
    public int ExtraReviews { get; init; }
    public bool StartsAsDraft { get; init; }
    public bool GoesBackToDraft { get; init; }
    public bool IsHotfix { get; init; }
    /// <summary>Done within the hour, at any time of day.</summary>
    public bool IsQuick { get; init; }

    public bool IsAbandoned { get; init; }
    public bool IsForgotten { get; init; }
    public bool IsReverted { get; init; }
    public bool HasOldAuthorDate { get; init; }
    public bool HasSkewedClock { get; init; }
    public bool HasNoReview { get; init; }
    public bool UpdatesFromMain { get; init; }

    public bool IsBot => Author is AuthorKind.Dependabot or AuthorKind.Renovate or AuthorKind.Agent;

    public static PullRequestPlan Draw(Setting setting, RepositoryPlan plan, int index, int count)
    {
        var dice = setting.Dice;
        var author = dice.Between(1, 100) switch { <= 7 => AuthorKind.Dependabot, <= 10 => AuthorKind.Renovate, <= 14 => AuthorKind.Agent, 15 => AuthorKind.Gone, _ => AuthorKind.Human };
        var isHuman = author is AuthorKind.Human or AuthorKind.Gone;
        var drawn = new PullRequestPlan
        {
            Author = author,
            Commits = isHuman ? dice.Pick([1, 1, 2, 2, 3, 3, 4, 5, 7, 9]) : author == AuthorKind.Agent ? dice.Between(2, 5) : 1,
            StartsAsDraft = (isHuman && dice.Chance(0.2)) || author == AuthorKind.Agent,
            GoesBackToDraft = isHuman && dice.Chance(0.03),
            IsHotfix = isHuman && dice.Chance(0.035),
            IsAbandoned = dice.Chance(0.06),
            IsForgotten = dice.Chance(0.012),
            IsReverted = isHuman && dice.Chance(0.02),
            HasOldAuthorDate = isHuman && dice.Chance(0.015),
            HasSkewedClock = isHuman && dice.Chance(0.01),
            HasNoReview = dice.Chance(0.07),
            UpdatesFromMain = isHuman && dice.Chance(0.05),
        };
        if (!plan.HasGiants)
            return drawn;
        if (index == count / 2)
            return new PullRequestPlan { Commits = 134 };
        return index == count / 3 ? new PullRequestPlan { Commits = 6, ExtraReviews = 27 } : drawn;
    }
}
