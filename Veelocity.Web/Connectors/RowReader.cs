using System.Text.Json;

namespace Veelocity.Web.Connectors;

/// <summary>Reads rows one by one; what cannot be read is left out and named, and costs no other row.</summary>
internal sealed class RowReader(string provider, string scope, JsonSerializerOptions json)
{
    private readonly List<string> _unreadable = [];

    public List<TRow> Read<TRow>(IEnumerable<JsonElement> rows, params ReadOnlySpan<string> namedBy)
        where TRow : class
    {
        var read = new List<TRow>();
        foreach (var row in rows)
        {
            // A provider may send null for what the token may not see or what is gone.
            if (row.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
                continue;
            try
            {
                if (row.Deserialize<TRow>(json) is { } good)
                    read.Add(good);
            }
            catch (JsonException)
            {
                _unreadable.Add(NameOf(row, namedBy));
            }
        }
        return read;
    }

    /// <summary>Makes facts of rows; one that lacks what a fact cannot be without (<see cref="Required"/>) is left out and named.</summary>
    public async Task<List<Fact>> MakeAsync<TRow>(IEnumerable<TRow> rows, Func<TRow, string> nameOf, Func<TRow, Task<Fact>> make)
    {
        var facts = new List<Fact>();
        foreach (var row in rows)
        {
            try
            {
                facts.Add(await make(row));
            }
            catch (MissingFieldException missing)
            {
                _unreadable.Add($"{nameOf(row)} (no {missing.Message})");
            }
        }
        return facts;
    }

    public Task<List<Fact>> MakeAsync<TRow>(IEnumerable<TRow> rows, Func<TRow, string> nameOf, Func<TRow, Fact> make) =>
        MakeAsync(rows, nameOf, row => Task.FromResult(make(row)));

    /// <summary>What was left out since the last time it was asked; null when nothing.</summary>
    public ScopeProblem? TakeProblem()
    {
        if (_unreadable.Count == 0)
            return null;
        var problem = new ScopeProblem(
            scope, ConnectorFault.Malformed, $"Left out, because {provider} sent it in a shape that cannot be read: {string.Join(", ", _unreadable)}.");
        _unreadable.Clear();
        return problem;
    }

    private static string NameOf(JsonElement row, ReadOnlySpan<string> namedBy)
    {
        foreach (var name in namedBy)
        {
            if (row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value))
                return $"{name} {value}";
        }
        return "a row without a name";
    }
}

/// <summary>A row lacks a field that its fact cannot be without; the message is the field's name.</summary>
internal sealed class MissingFieldException(string field) : Exception(field);

/// <summary>Insists on a field.</summary>
internal static class Required
{
    public static T Of<T>(T? value, string field)
        where T : class => value ?? throw new MissingFieldException(field);

    public static T Of<T>(T? value, string field)
        where T : struct => value ?? throw new MissingFieldException(field);
}
