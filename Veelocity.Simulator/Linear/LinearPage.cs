using System.Globalization;
using System.Text;
using GraphQL;

namespace Veelocity.Simulator.Linear;

/// <summary>One page of a connection, newest first; marks stand for a place in that order, so what moves up is not met again.</summary>
internal sealed record LinearPage(IReadOnlyList<object> Nodes, bool HasNext, bool HasPrevious, string? Start, string? End)
{
    private const int Most = 250;
    private const int Usual = 50;

    /// <summary>A page of what the filter lets through, without what is archived unless it is asked for.</summary>
    public static LinearPage Of<T>(IEnumerable<T> all, IResolveFieldContext context)
        where T : LinearThing
    {
        var byChange = context.GetArgument<string?>("orderBy") == "updatedAt";
        var shown = all.Where(thing => context.GetArgument("includeArchived", false) || thing.ArchivedAt is null).Where(thing => LinearFilter.Lets(thing, LinearFilter.From(context)));
        return Cut(shown.Select(thing => (Node: (object)thing, Key: (-(byChange ? thing.UpdatedAt : thing.CreatedAt).UtcTicks, thing.Id))), context);
    }

    /// <summary>A page of what stands in an order of its own.</summary>
    public static LinearPage InOrder(IReadOnlyList<object> all, IResolveFieldContext context) =>
        Cut(all.Select((node, place) => (node, ((long)place, ""))), context);

    private static LinearPage Cut(IEnumerable<(object Node, (long, string) Key)> all, IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first") ?? Usual;
        if (first > Most) throw LinearError.Invalid("Argument Validation Error: first must not be greater than 250");
        var sorted = all.OrderBy(item => item.Key.Item1).ThenBy(item => item.Key.Item2, StringComparer.Ordinal).ToList();
        var from = context.GetArgument<string?>("after") is { } after ? sorted.FindIndex(item => Compare(item.Key, Read(after)) > 0) : 0;
        var rows = from < 0 ? [] : sorted.Skip(from).Take(first).ToList();
        return new LinearPage(
            rows.ConvertAll(row => row.Node), from >= 0 && from + rows.Count < sorted.Count, from > 0, rows.Count == 0 ? null : Mark(rows[0].Key), rows.Count == 0 ? null : Mark(rows[^1].Key));
    }

    private static int Compare((long Place, string Id) one, (long Place, string Id) other) =>
        one.Place != other.Place ? one.Place.CompareTo(other.Place) : string.CompareOrdinal(one.Id, other.Id);

    private static string Mark((long Place, string Id) key) => Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key.Place} {key.Id}")));

    private static (long, string) Read(string mark)
    {
        Span<byte> bytes = stackalloc byte[200];
        return mark.Length <= 250 && Convert.TryFromBase64String(mark, bytes, out var length)
            && Encoding.ASCII.GetString(bytes[..length]).Split(' ') is [var place, var id] && long.TryParse(place, CultureInfo.InvariantCulture, out var ticks)
                ? (ticks, id)
                : throw LinearError.Invalid("Argument Validation Error: invalid cursor");
    }
}
