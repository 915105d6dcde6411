using FsCheck;
using FsCheck.Fluent;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Metrics;

/// <summary>A random history of two repositories around the ends of a random period in a random zone.</summary>
public sealed record History(
    string ZoneId, DateOnly FirstDay, int Days, int NowHours, int? CreatedHours, string Unit, IReadOnlyList<RandomDeployment> Deployments,
    IReadOnlyList<RandomChange> Changes);

/// <summary>Minutes count from the first day's noon in UTC, less two days, so that both ends of the period are met.</summary>
public sealed record RandomDeployment(int Minutes, int Repository, bool IsRelease, bool HasFailed, bool IsProduction);

/// <inheritdoc cref="RandomDeployment"/>
public sealed record RandomChange(int Minutes, int Repository, int LeadMinutes, LeftOut? LeftOut);

/// <summary>Makes them, with more than their share of days on which clocks change.</summary>
public static class Histories
{
    private static readonly string[] Zones =
    [
        "UTC", "America/New_York", "Europe/Paris", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo", "America/Havana",
        "America/St_Johns", "Pacific/Apia",
    ];

    private static readonly DateOnly[] Starts =
    [
        new(2026, 3, 8), new(2026, 3, 27), new(2026, 10, 24), new(2026, 11, 1), new(2026, 4, 4), new(2026, 4, 23), new(2026, 10, 29),
        new(2025, 12, 28), new(2024, 2, 27), new(2026, 6, 30),
    ];

    public static Arbitrary<History> History() => (
        from zone in Gen.Elements(Zones)
        from start in Gen.Elements(Starts)
        from shift in Gen.Choose(-3, 3)
        from days in Gen.Choose(1, 40)
        from nowHours in Gen.Choose(1, 60 * 24)
        from created in Gen.OneOf(Gen.Constant((int?)null), Gen.Choose(-400, 400).Select(hours => (int?)hours))
        from unit in Gen.Elements("day", "week", "month")
        from deployments in Deployment(days).ListOf()
        from changes in Change(days).ListOf()
        select new History(zone, start.AddDays(shift), days, nowHours, created, unit, [.. deployments], [.. changes])).ToArbitrary();

    private static Gen<RandomDeployment> Deployment(int days) =>
        from minutes in Gen.Choose(0, (days + 4) * 1440)
        from repository in Gen.Choose(1, 2)
        from dice in Gen.Choose(1, 10)
        select new RandomDeployment(minutes, repository, dice > 2, dice == 2, dice != 10);

    private static Gen<RandomChange> Change(int days) =>
        from minutes in Gen.Choose(0, (days + 4) * 1440)
        from repository in Gen.Choose(1, 2)
        from lead in Gen.Choose(0, 100_000)
        from dice in Gen.Choose(0, 9)
        select new RandomChange(minutes, repository, lead, dice < 3 ? (LeftOut)dice : null);
}
