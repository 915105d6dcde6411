using FsCheck;
using FsCheck.Fluent;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Metrics.Stability;

/// <summary>Random releases and incidents of four services in two repositories, around the ends of a random period in a random zone.</summary>
/// <param name="Asked">Which of <see cref="Cut"/> the metrics are asked about.</param>
public sealed record StabilityHistory(
    string ZoneId, DateOnly FirstDay, int Days, int NowHours, string Unit, Cut Asked, IReadOnlyList<RandomRelease> Releases,
    IReadOnlyList<RandomIncident> Incidents)
{
    /// <summary>Two days before the first day's noon in UTC, so that both ends of the period are met.</summary>
    public DateTimeOffset Origin { get; } = new(FirstDay.AddDays(-2).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);

    public DateTimeOffset Now => Origin.AddHours(36 + NowHours);

    public DateTimeOffset At(int minutes) => Origin.AddMinutes(minutes);
}

/// <summary>What a filter lets through.</summary>
public enum Cut
{
    Everything,
    OneRepository,
    OneService,
}

/// <summary>A service of the history: 0 and 1 are in the first repository, 2 and 3 in the second.</summary>
public sealed record RandomRelease(
    int Minutes, int Service, bool IsRepeat, bool HasFailed, bool IsProduction, ChangeFailure? FailedBy, Rework? Rework, bool IsLeftOut)
{
    /// <summary>A release to production that counts.</summary>
    public bool Counts => IsProduction && !IsRepeat && !HasFailed && !IsLeftOut;

    public bool IsRollback => Rework == Veelocity.Web.Data.Rework.Rollback;
}

/// <param name="Affected">A service as in <see cref="RandomRelease"/>; null when nobody knows.</param>
/// <param name="Lasted">Minutes; null while it lasts.</param>
/// <param name="Brought">The place of the release that brought it, counted around; null when none is linked.</param>
public sealed record RandomIncident(int Minutes, int? Affected, int? Lasted, IncidentSeverity? Severity, int? Brought, bool IsLeftOut)
{
    /// <summary>The release that brought it, of those there are.</summary>
    public RandomRelease? ReleaseIn(StabilityHistory history) =>
        Brought is { } place && history.Releases.Count > 0 ? history.Releases[place % history.Releases.Count] : null;
}

/// <summary>Makes them, with more than their share of days on which clocks change.</summary>
public static class StabilityHistories
{
    private static readonly string[] Zones = ["UTC", "America/New_York", "Europe/Paris", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia"];

    private static readonly DateOnly[] Starts =
        [new(2026, 3, 8), new(2026, 3, 27), new(2026, 10, 24), new(2026, 11, 1), new(2026, 4, 4), new(2025, 12, 28), new(2024, 2, 27), new(2026, 6, 30)];

    public static Arbitrary<StabilityHistory> History() => (
        from zone in Gen.Elements(Zones)
        from start in Gen.Elements(Starts)
        from shift in Gen.Choose(-3, 3)
        from days in Gen.Choose(1, 40)
        from nowHours in Gen.Choose(1, 60 * 24)
        from unit in Gen.Elements("day", "week", "month")
        from asked in Gen.Elements(Cut.Everything, Cut.OneRepository, Cut.OneService)
        from releases in Release(days).ListOf()
        from incidents in Incident(days).ListOf()
        select new StabilityHistory(zone, start.AddDays(shift), days, nowHours, unit, asked, [.. releases], [.. incidents])).ToArbitrary();

    private static Gen<RandomRelease> Release(int days) =>
        from minutes in Gen.Choose(0, (days + 4) * 1440)
        from service in Gen.Choose(0, 3)
        from dice in Gen.Choose(1, 12)
        from failure in Gen.Choose(0, 8)
        from rework in Gen.Choose(0, 9)
        from leftOut in Gen.Choose(1, 6)
        select new RandomRelease(
            minutes, service, dice == 1, dice == 2, dice != 3, failure < 3 && dice > 3 ? (ChangeFailure)failure : null,
            rework < 4 && dice > 3 ? (Rework)rework : null, leftOut == 1);

    private static Gen<RandomIncident> Incident(int days) =>
        from minutes in Gen.Choose(0, (days + 4) * 1440)
        from service in Gen.Choose(-1, 3)
        from lasted in Gen.Choose(0, 30_000)
        from dice in Gen.Choose(1, 8)
        from severity in Gen.Choose(0, 4)
        from brought in Gen.Choose(0, 200)
        select new RandomIncident(
            minutes, service < 0 ? null : service, dice == 1 ? null : lasted, severity > 3 ? null : (IncidentSeverity)severity,
            brought > 100 ? null : brought, dice == 2);
}
