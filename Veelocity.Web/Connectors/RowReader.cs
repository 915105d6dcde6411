using System.Text.Json;

namespace Veelocity.Web.Connectors;

/// <summary>Reads rows one by one; what cannot be read or completed is left out and named, and costs no other row.</summary>
internal sealed class RowReader(string provider, string scope, JsonSerializerOptions json)
{
    private readonly List<string> _unreadable = [];
    private readonly List<string> _unanswered = [];

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
            catch (ConnectorException heavy) when (heavy.IsTooHeavy)
            {
                _unanswered.Add(nameOf(row));
            }
        }
        return facts;
    }

    public Task<List<Fact>> MakeAsync<TRow>(IEnumerable<TRow> rows, Func<TRow, string> nameOf, Func<TRow, Fact> make) =>
        MakeAsync(rows, nameOf, row => Task.FromResult(make(row)));

    /// <summary>Names what the provider did not answer for, in however small a part.</summary>
    public void Skip(string name) => _unanswered.Add(name);

    /// <summary>What was left out since the last time it was asked; null when nothing.</summary>
    public ScopeProblem? TakeProblem()
    {
        var said = new List<string>();
        if (_unreadable.Count > 0)
            said.Add($"Left out, because {provider} sent it in a shape that cannot be read: {string.Join(", ", _unreadable)}.");
        if (_unanswered.Count > 0)
            said.Add($"Skipped, because {provider} did not answer for it: {string.Join(", ", _unanswered)}. We'll retry automatically.");
        var fault = _unreadable.Count > 0 ? ConnectorFault.Malformed : ConnectorFault.Unreachable;
        _unreadable.Clear();
        _unanswered.Clear();
        return said.Count == 0 ? null : new ScopeProblem(scope, fault, string.Join(' ', said));
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
