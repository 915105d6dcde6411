namespace Veelocity.Simulator.Seeding;

/// <summary>How a repository's work reaches its users.</summary>
internal enum DeliveryKind
{
    None,
    Environments,
    Workflow,
    Releases,
    Mobile,
    Monorepo,
}

/// <summary>What a repository is like: its share of the work, how it merges and how it ships.</summary>
internal sealed record RepositoryPlan(string Name, string Language, DeliveryKind Delivery, double Share, double Squash, double Merge)
{
    public bool IsPrivate { get; init; }
    public bool IsEmpty { get; init; }

    /// <summary>Nothing happened in the last so many days, and it is archived.</summary>
    public int ArchivedDaysAgo { get; init; }

    /// <summary>Runs its checks every night too.</summary>
    public bool IsCheckedNightly { get; init; }

    /// <summary>Holds the one pull request with over a hundred commits and the one with over twenty reviews.</summary>
    public bool HasGiants { get; init; }

    /// <summary>The folders of its services, if it is a monorepo.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    private static readonly RepositoryPlan Monorepo = new("platform", "TypeScript", DeliveryKind.Monorepo, 0.2, 0.8, 0.2) { IsPrivate = true, Services = ["apps/web", "services/api", "mobile"] };

    private static readonly RepositoryPlan[] Known =
    [
        new("shop-web", "TypeScript", DeliveryKind.Environments, 0.31, 0.9, 0.1) { IsPrivate = true, HasGiants = true },
        new("payments-api", "C#", DeliveryKind.Workflow, 0.25, 0.1, 0.9) { IsPrivate = true },
        new("ui-kit", "TypeScript", DeliveryKind.Releases, 0.12, 0.2, 0),
        new("mobile-apps", "Kotlin", DeliveryKind.Mobile, 0.18, 0.5, 0.5) { IsPrivate = true },
        new("legacy-admin", "PHP", DeliveryKind.Workflow, 0.08, 0, 1) { ArchivedDaysAgo = 240 },
        new("handbook", "MDX", DeliveryKind.None, 0.06, 1, 0),
        new("sandbox", "", DeliveryKind.None, 0, 1, 0) { IsEmpty = true },
    ];

    public static IReadOnlyList<RepositoryPlan> For(SeedOptions options)
    {
        var plans = Known.Take(options.Repositories)
            .Concat(Enumerable.Range(Known.Length + 1, Math.Max(0, options.Repositories - Known.Length))
                .Select(number => new RepositoryPlan($"service-{number:00}", "C#", DeliveryKind.Workflow, 0.14, 0.7, 0.2) { IsCheckedNightly = true }))
            .Concat(options.Monorepo ? [Monorepo] : [])
            .ToList();
        var whole = plans.Sum(plan => plan.Share);
        return plans.ConvertAll(plan => plan with { Share = whole == 0 ? 0 : plan.Share / whole });
    }
}
