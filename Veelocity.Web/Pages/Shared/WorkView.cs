using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.Explain;

namespace Veelocity.Web.Pages.Shared;

/// <summary>Whose work a page shows, beside its filter: people's or coding agents' pull requests, everybody's or one person's.</summary>
internal sealed record WorkView(PageFilter Chosen, Cohort Authors = Cohort.People, Guid? PersonId = null)
{
    /// <summary>In the address.</summary>
    public const string AuthorsKey = "authors", PersonKey = "person";

    public Period Period => Chosen.Period;

    public WorkScope Scope => new(Chosen.Filter, Authors, PersonId);

    /// <summary>Said of numbers that are not of people's work; else empty.</summary>
    public string OfAgents => Authors switch { Cohort.Agents => ", by coding agents", Cohort.Both => ", by people and coding agents", _ => "" };

    public static WorkView Of(PageFilter chosen, HttpRequest request) => new(chosen, AuthorsOf(request));

    public static Cohort AuthorsOf(HttpRequest request) => Shared.Why.Parse<Cohort>(request.Query[AuthorsKey]) ?? Cohort.People;

    public string Address(string path, params IReadOnlyList<(string, string?)> also) => Chosen.Address(path, [(AuthorsKey, AuthorsWord), .. also]);

    /// <summary>Why a value is what it is.</summary>
    public string Why(ExplainedMetric metric, Figure figure = Figure.Headline, params IReadOnlyList<(string Key, string? Value)> also) =>
        Shared.Why.Address(Chosen, metric, figure, [.. Keys.Where(own => also.All(other => other.Key != own.Item1)), .. also]);

    public IReadOnlyList<string?> WhyBuckets(ExplainedMetric metric, Grouping grouping, IEnumerable<DateOnly?> starts, Figure figure = Figure.Headline) =>
        [.. starts.Select(start => start is { } day ? Shared.Why.OfBucket(Chosen, metric, grouping, day, figure, null, Keys) : null)];

    /// <summary>What a chart or table of this page shows, as a file.</summary>
    public string Csv(string path, Grouping grouping, string id) => Address(path, ("by", grouping.Unit), ("csv", id));

    private string? AuthorsWord => Authors == Cohort.People ? null : Shared.Why.KeyOf(Authors);

    private IReadOnlyList<(string, string?)> Keys => [(AuthorsKey, AuthorsWord), (PersonKey, PersonId?.ToString())];
}
