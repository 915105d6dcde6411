using Veelocity.Web.Linking.Teams;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Where a team and its people come from, in words.</summary>
internal static class TeamWords
{
    public static string From(TeamDirectory.Item team) => team.TrackerKey is null ? "Made by hand" : $"{Tracker(team)}, {team.TrackerKey}";

    public static string Tracker(TeamDirectory.Item team) => team.Tracker is "linear" ? "Linear" : "Issue tracker";

    /// <summary>Whoever may not change people does not see the addresses that stand for those without a name.</summary>
    public static string NameOf(string name, bool mayEdit) => name.Contains('@', StringComparison.Ordinal) && !mayEdit ? "An address in commits" : name;
}
