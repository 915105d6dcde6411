namespace Veelocity.Web.Metrics.Development;

/// <summary>By what an answer is split: time, repository, team or developer.</summary>
public sealed record WorkSplit
{
    public static readonly WorkSplit Repository = new("repo", null);
    public static readonly WorkSplit Team = new("team", null);

    /// <summary>By person, alphabetically and never by rank. Who may see it is for the caller to ask.</summary>
    public static readonly WorkSplit Developer = new("developer", null);

    private WorkSplit(string name, Grouping? time) => (Name, Time) = (name, time);

    /// <summary>As the API spells it.</summary>
    public string Name { get; }

    /// <summary>Null when it is not by time.</summary>
    public Grouping? Time { get; }

    public static WorkSplit By(Grouping time) => new(time.Unit, time);

    public static WorkSplit? Parse(string? name) => name switch
    {
        "repo" => Repository,
        "team" => Team,
        "developer" => Developer,
        _ => Grouping.Parse(name) is { } time ? By(time) : null,
    };
}
