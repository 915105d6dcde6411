namespace Veelocity.Web.Data;

/// <summary>When an organization works, by the wall clock of its time zone (M7).</summary>
/// <param name="From">The same on each working day; before <paramref name="To"/>.</param>
/// <param name="Holidays">Days on which nobody works.</param>
public sealed record WorkingHours(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To, IReadOnlyList<DateOnly> Holidays);
