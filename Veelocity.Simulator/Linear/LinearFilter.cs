using System.Globalization;
using GraphQL;

namespace Veelocity.Simulator.Linear;

/// <summary>Filters of lists, as far as they are used here; one that is not known stops the answer rather than being passed over.</summary>
internal static class LinearFilter
{
    public static IDictionary<string, object?>? From(IResolveFieldContext context) =>
        context.Arguments?.TryGetValue("filter", out var argument) == true ? argument.Value as IDictionary<string, object?> : null;

    public static bool Lets(LinearThing thing, IDictionary<string, object?>? filter) =>
        filter is null || filter.Where(part => part.Value is not null).All(part => part.Key switch
        {
            "id" => Fits(thing.Id, part.Value),
            "updatedAt" => Fits(thing.UpdatedAt, part.Value),
            "createdAt" => Fits(thing.CreatedAt, part.Value),
            "sourceType" => Fits((thing as LinearAttachment)?.SourceType, part.Value),
            "key" => Fits((thing as LinearTeam)?.Key, part.Value),
            "team" => (thing switch { LinearIssue issue => issue.Team, LinearCycle cycle => cycle.Team, _ => null }) is { } team && Lets(team, part.Value as IDictionary<string, object?>),
            var name => throw LinearError.Invalid($"The simulator knows no filter by {name}."),
        });

    private static bool Fits(string? text, object? comparator) => Of(comparator).All(part => part.Key switch
    {
        "eq" => text == (string?)part.Value,
        "neq" => text != (string?)part.Value,
        "in" => List(part.Value).Contains(text, StringComparer.Ordinal),
        "nin" => !List(part.Value).Contains(text, StringComparer.Ordinal),
        var name => throw LinearError.Invalid($"The simulator does not compare by {name}."),
    });

    private static bool Fits(DateTimeOffset at, object? comparator) => Of(comparator).All(part =>
    {
        var other = DateTimeOffset.Parse(Convert.ToString(part.Value, CultureInfo.InvariantCulture)!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return part.Key switch
        {
            "eq" => at == other,
            "gt" => at > other,
            "gte" => at >= other,
            "lt" => at < other,
            "lte" => at <= other,
            var name => throw LinearError.Invalid($"The simulator does not compare by {name}."),
        };
    });

    private static IEnumerable<KeyValuePair<string, object?>> Of(object? comparator) => (comparator as IDictionary<string, object?> ?? new Dictionary<string, object?>(StringComparer.Ordinal)).Where(part => part.Value is not null);

    private static IEnumerable<string?> List(object? value) => ((System.Collections.IEnumerable)value!).Cast<object?>().Select(item => item?.ToString());
}
