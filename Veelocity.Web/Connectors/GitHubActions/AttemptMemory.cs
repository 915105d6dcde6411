namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>
/// Attempts that were read with all there is to know and cannot change any more. Kept only as long as their runs can come up again:
/// GitHub lets a run be repeated for thirty days.
/// </summary>
internal sealed class AttemptMemory(IReadOnlyDictionary<string, int>? known, DateTimeOffset now)
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(33);

    private readonly int _oldestDay = DayOf(now - Span);
    private readonly Dictionary<string, int> _days = new(known ?? new Dictionary<string, int>(), StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Kept => _days.Where(entry => entry.Value >= _oldestDay).ToDictionary();

    public bool Knows(RunRow attempt) => _days.ContainsKey(KeyOf(attempt));

    /// <summary>Whether the run can still be repeated.</summary>
    public bool IsYoung(RunRow attempt) => attempt.CreatedAt is { } created && DayOf(created) >= _oldestDay;

    public void Remember(RunRow attempt)
    {
        if (IsYoung(attempt))
            _days[KeyOf(attempt)] = DayOf(attempt.CreatedAt!.Value);
    }

    private static string KeyOf(RunRow attempt) => $"{attempt.Id}:{attempt.Attempt}";

    private static int DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime).DayNumber;
}
