using Microsoft.AspNetCore.Http.Extensions;
using Veelocity.Web.Metrics;

namespace Veelocity.Web.Pages.Shared;

/// <summary>What a page's address asks for: the period, the repository, the team, and how to write the address of the same view changed a little.</summary>
/// <param name="Key">The period's name in the address: <c>30d</c>, or <c>custom</c>.</param>
/// <param name="Repository">Full name; null for all.</param>
/// <param name="Team">The chosen one; null for all.</param>
/// <param name="Teams">Those in use, and the chosen one.</param>
/// <param name="Problem">Why the address's dates were not taken, in words; null when they were.</param>
internal sealed record PageFilter(
    string Slug, Period Period, Filter Filter, string Key, string? Repository, IReadOnlyList<string> Repositories, PageFilter.TeamChoice? Team, IReadOnlyList<PageFilter.TeamChoice> Teams,
    string? Problem)
{
    public const string Custom = "custom";

    /// <summary>In the address: durations count working hours only (M7).</summary>
    public const string WorkingClock = "working";

    public static readonly IReadOnlyList<int> Lengths = [7, 30, 90];

    /// <summary>Whose numbers these are, for titles.</summary>
    public string Whose => (Team, Repository) switch
    {
        ({ } team, { } repository) => $"{team.Name}, {repository}",
        ({ } team, null) => team.Name,
        (null, { } repository) => repository,
        _ => "All repositories",
    };

    /// <summary>Whether it is worth saying which team did what: there are teams, and none is chosen.</summary>
    public bool AsksForTeams => Team is null && Teams.Count > 0;

    /// <summary>Said of durations that are not in calendar time; else empty.</summary>
    public string InWorkingTime => Filter.Working is null ? "" : ", in working time";

    public string Versus => Key == Custom ? $"vs the {Period.Days} days before" : $"vs previous {Period.Days} days";

    /// <summary>A team that can be chosen.</summary>
    /// <param name="OwnsNothing">So it has no delivery metrics, which are those of what a team owns.</param>
    public sealed record TeamChoice(Guid Id, string Name, bool OwnsNothing = false)
    {
        /// <summary>In the address, what belongs to no team.</summary>
        public const string None = "none";

        public static readonly TeamChoice NoTeam = new(Filter.NoTeam, "No team");

        /// <summary>In the address.</summary>
        public string Key => Id == Filter.NoTeam ? None : Id.ToString();
    }

    /// <summary>An address in the organization with this period, repository and team, and what else is given; null leaves a key out.</summary>
    public string Address(string path, params IReadOnlyList<(string Key, string? Value)> also)
    {
        var query = new QueryBuilder();
        foreach (var (key, value) in Chosen().Where(chosen => also.All(other => other.Key != chosen.Key)).Concat(also))
            if (!string.IsNullOrEmpty(value)) query.Add(key, value);
        return $"/o/{Slug}{path}{query}";
    }

    private IEnumerable<(string Key, string? Value)> Chosen()
    {
        if (Key == Custom)
        {
            yield return ("from", Platform.Formatting.Dates.IsoDay(Period.FirstDay));
            yield return ("to", Platform.Formatting.Dates.IsoDay(Period.LastDay));
        }
        else if (Key != PageFilterReader.DefaultKey)
        {
            yield return ("period", Key);
        }
        yield return ("repo", Repository);
        yield return ("team", Team?.Key);
        yield return ("clock", Filter.Working is null ? null : WorkingClock);
    }
}
