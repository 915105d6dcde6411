using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Veelocity.Web.Data;

namespace Veelocity.Web.Pages.Settings;

/// <summary>When the organization works, as it is typed.</summary>
internal sealed class WorkingHoursForm : IValidatableObject
{
    private const int MostHolidays = 500;

    /// <summary>In the order of a calendar's week (M1).</summary>
    public static readonly IReadOnlyList<DayOfWeek> Week =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    [Display(Name = "Working days")]
    public List<DayOfWeek> Days { get; set; } = [];

    [Required(ErrorMessage = "Say when work begins."), Display(Name = "From")]
    public TimeOnly? From { get; set; }

    [Required(ErrorMessage = "Say when work ends."), Display(Name = "To")]
    public TimeOnly? To { get; set; }

    [Display(Name = "Holidays")]
    public string? Holidays { get; set; }

    public static WorkingHoursForm Of(WorkingHours hours) => new()
    {
        Days = [.. hours.Days],
        From = hours.From,
        To = hours.To,
        Holidays = string.Join('\n', hours.Holidays.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
    };

    public WorkingHours ToHours() => new([.. Week.Where(Days.Contains)], From!.Value, To!.Value, [.. Lines().Select(Day).OfType<DateOnly>().Distinct()]);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Days.Count == 0) yield return new("Choose at least one working day.", [nameof(Days)]);
        if (To <= From) yield return new("Work has to end after it begins.", [nameof(To)]);
        if (Lines().FirstOrDefault(line => Day(line) is null) is { } wrong)
            yield return new($"“{wrong}” is not a day; write each as 2026-12-25, one to a line.", [nameof(Holidays)]);
        if (Lines().Count() > MostHolidays) yield return new($"{MostHolidays} holidays at most; leave out those long gone.", [nameof(Holidays)]);
    }

    private IEnumerable<string> Lines() => (Holidays ?? "").Split([' ', ',', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
