using System.Globalization;
using System.Text;
using GraphQL;

namespace Veelocity.Simulator.GraphQl;

/// <summary>One page of a connection: what <c>nodes</c>, <c>edges</c>, <c>pageInfo</c> and <c>totalCount</c> are read from.</summary>
internal sealed class Page(IReadOnlyList<Edge> edges, int totalCount, bool hasNext, bool hasPrevious)
{
    public IReadOnlyList<Edge> Edges { get; } = edges;
    public int TotalCount { get; } = totalCount;
    public bool HasNext { get; } = hasNext;
    public bool HasPrevious { get; } = hasPrevious;
    public IEnumerable<object?> Nodes => Edges.Select(edge => edge.Node);

    /// <summary>A page of a list whose places do not move: the cursor is the place.</summary>
    public static Page Of<T>(IReadOnlyList<T> all, IResolveFieldContext context) => Cut(all, (_, place) => (place, 0), context);

    /// <summary>A page of a list sorted by a key: the cursor is the key, so items that move do not shift the rest.</summary>
    public static Page Sorted<T>(IEnumerable<T> all, Func<T, long> key, Func<T, long> tie, bool descending, IResolveFieldContext context)
    {
        var sign = descending ? -1 : 1;
        var keyed = all.Select(item => (Item: item, Key: (sign * key(item), sign * tie(item)))).ToList();
        keyed.Sort((left, right) => left.Key.CompareTo(right.Key));
        return Cut(keyed, (item, _) => item.Key, context, item => item.Item);
    }

    private static Page Cut<T>(IReadOnlyList<T> all, Func<T, int, (long, long)> keyOf, IResolveFieldContext context, Func<T, object?>? node = null)
    {
        var (from, to) = (0, all.Count);
        if (Cursor.Read(context.GetArgument<string?>("after")) is { } after)
            from = Place(all, keyOf, key => key.CompareTo(after) > 0);
        if (Cursor.Read(context.GetArgument<string?>("before")) is { } before)
            to = Place(all, keyOf, key => key.CompareTo(before) >= 0);
        if (context.GetArgument<int?>("first") is { } first)
            to = Math.Min(to, from + first);
        if (context.GetArgument<int?>("last") is { } last)
            from = Math.Max(from, to - last);
        var edges = new List<Edge>(Math.Max(0, to - from));
        for (var place = from; place < to; place++)
            edges.Add(new Edge(node is null ? all[place] : node(all[place]), keyOf(all[place], place)));
        return new Page(edges, all.Count, to < all.Count, from > 0);
    }

    private static int Place<T>(IReadOnlyList<T> all, Func<T, int, (long, long)> keyOf, Func<(long, long), bool> found)
    {
        var place = 0;
        while (place < all.Count && !found(keyOf(all[place], place)))
            place++;
        return place;
    }
}

/// <summary>One item of a page and where it stands.</summary>
internal sealed record Edge(object? Node, (long Key, long Tie) Position)
{
    public string Cursor => GraphQl.Cursor.Write(Position);
}

/// <summary>Opaque cursors.</summary>
internal static class Cursor
{
    public static string Write((long Key, long Tie) position) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cursor:v2:{position.Key}:{position.Tie}")));

    public static (long, long)? Read(string? cursor)
    {
        if (cursor is null)
            return null;
        Span<byte> bytes = stackalloc byte[96];
        if (cursor.Length <= 120 && Convert.TryFromBase64String(cursor, bytes, out var length)
            && Encoding.ASCII.GetString(bytes[..length]).Split(':') is ["cursor", "v2", var key, var tie]
            && long.TryParse(key, CultureInfo.InvariantCulture, out var first) && long.TryParse(tie, CultureInfo.InvariantCulture, out var second))
        {
            return (first, second);
        }

        throw new GitHubError("INVALID_CURSOR_ARGUMENTS", $"`{cursor}` does not appear to be a valid cursor.");
    }
}
