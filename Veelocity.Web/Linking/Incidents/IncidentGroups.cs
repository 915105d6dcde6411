using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Incidents;

/// <summary>
/// Which reports are of one incident (M23): those that share a reference and were open at about the same time.
/// </summary>
internal static class IncidentGroups
{
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    // An open incident that nobody speaks of any more doesn't take in later ones.
    private static readonly TimeSpan Silence = TimeSpan.FromHours(24);

    /// <summary>For each report the place of the first of its group.</summary>
    /// <param name="apart">Places of reports that no rule merges.</param>
    /// <param name="merged">Pairs of places that belong together whatever they share.</param>
    public static int[] Of(IReadOnlyList<IncidentReport> reports, IReadOnlySet<int> apart,
        IEnumerable<(int, int)> merged)
    {
        var roots = Enumerable.Range(0, reports.Count).ToArray();
        foreach (var (one, other) in merged) Join(one, other);
        var shared = Enumerable.Range(0, reports.Count).Where(place => !apart.Contains(place))
            .SelectMany(place => reports[place].References.Select(text => (Key: KeyOf(text), Place: place, Text: text)))
            .GroupBy(reference => reference.Key, StringComparer.Ordinal);
        foreach (var same in shared)
        {
            var places = same.Select(s => (s.Place, s.Text)).OrderBy(s => reports[s.Place].StartedAt).ToList();
            for (var i = 0; i < places.Count; i++)
                for (var j = i + 1; j < places.Count
                    && reports[places[j].Place].StartedAt <= EndOf(reports[places[i].Place]) + Slack; j++)
                    if (AreOfOne(places[i].Text, places[j].Text)
                        && !(IsWeak(same.Key) && IsOfOwnChannel(reports[places[i].Place])
                            && IsOfOwnChannel(reports[places[j].Place])))
                        Join(places[i].Place, places[j].Place);
        }
        return Array.ConvertAll(roots, Root);

        int Root(int place)
        {
            while (roots[place] != place) place = roots[place];
            return place;
        }

        void Join(int one, int other)
        {
            var (first, second) = (Root(one), Root(other));
            roots[Math.Max(first, second)] = Math.Min(first, second);
        }
    }

    private static DateTimeOffset EndOf(IncidentReport report) =>
        report.ResolvedAt ?? (report.LastHeardAt > report.OpenedAt ? report.LastHeardAt : report.OpenedAt) + Silence;

    // number:<who numbered it>:42
    private static string KeyOf(string reference) => reference.StartsWith("number:", StringComparison.Ordinal) ? $"number:{reference[(reference.LastIndexOf(':') + 1)..]}" : reference;

    // Two alert systems count on their own; a name without a system may be any of theirs. A bare #42 names an alert or
    // an incident that is numbered so; in two talks it may be a pull request.
    private static bool AreOfOne(string one, string other) =>
        IsNumberOf("bare", one) ? !IsNumberOf("bare", other)
            : IsNumberOf("bare", other) || one == other
                || IsNumberOf("named", one) || IsNumberOf("named", other) || IsNumberOf("channel", one) || IsNumberOf("channel", other);

    private static bool IsNumberOf(string source, string reference) => reference.StartsWith($"number:{source}:", StringComparison.Ordinal);

    // Two channels of their own that speak of each other, or are numbered by the same date, are two incidents.
    private static bool IsWeak(string key) =>
        !key.StartsWith("alert:", StringComparison.Ordinal) && !key.StartsWith("address:", StringComparison.Ordinal);

    private static bool IsOfOwnChannel(IncidentReport report) =>
        Array.Exists(report.References, r => r.StartsWith("own:", StringComparison.Ordinal));
}
