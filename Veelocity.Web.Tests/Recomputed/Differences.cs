using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>Compares what was recomputed with what the app says, figure by figure, and keeps every difference.</summary>
internal sealed class Differences(int seed)
{
    private const double Tolerance = 1e-9;

    // How sure a link is, no rule says as a number.
    private const string Unspecified = "link_confidence";

    // By which rows of a list are found again: lists have an order of their own.
    private static readonly string[] Keys = ["key", "id", "pull_request_id", "reason", "severity", "identifier", "from"];

    private readonly List<string> found = [];

    public int Compared { get; private set; }

    public IReadOnlyList<string> Found => found;

    /// <param name="question">The address that was asked.</param>
    public void Compare(string question, JsonObject expected, JsonObject actual, string path = "")
    {
        foreach (var (name, value) in expected) Compare(question, value, actual[name], path + name, actual.ContainsKey(name));
        foreach (var (name, value) in actual)
            if (!expected.ContainsKey(name) && IsFigure(value) && name != Unspecified) Differ(question, path + name, "nothing", value);
    }

    /// <summary>The same of a line of a file: the columns that it has.</summary>
    public void Compare(string question, JsonObject expected, Dictionary<string, string> line)
    {
        foreach (var (name, value) in expected)
        {
            if (!line.TryGetValue(name, out var cell)) continue;
            Compared++;
            if (!Csv.Says(cell, value)) Differ(question, name, value?.ToJsonString() ?? "null", cell);
        }
    }

    /// <summary>The same of a text on a page.</summary>
    public void Check(string question, string path, JsonNode? expected, string text, bool isSame)
    {
        Compared++;
        if (!isSame) Differ(question, path, expected?.ToJsonString() ?? "null", text);
    }

    private void Compare(string question, JsonNode? expected, JsonNode? actual, string path, bool isThere)
    {
        if (!isThere) Differ(question, path, expected?.ToJsonString() ?? "null", "nothing");
        else if (expected is JsonObject one && actual is JsonObject other) Compare(question, one, other, path + ".");
        else if (expected is JsonArray rows && actual is JsonArray others) Compare(question, rows, others, path);
        else
        {
            Compared++;
            if (!IsSame(expected, actual)) Differ(question, path, expected?.ToJsonString() ?? "null", actual);
        }
    }

    private void Compare(string question, JsonArray expected, JsonArray actual, string path)
    {
        Compared++;
        if (expected.Count != actual.Count) Differ(question, path, $"{expected.Count} rows", $"{actual.Count} rows");
        var key = Keys.FirstOrDefault(name => expected.Concat(actual).All(row => row is JsonObject of && of.ContainsKey(name)));
        if (key is null)
        {
            for (var i = 0; i < Math.Min(expected.Count, actual.Count); i++) Compare(question, expected[i], actual[i], $"{path}[{i}]", isThere: true);
            return;
        }
        var rows = actual.ToLookup(row => row![key]?.ToString() ?? "", StringComparer.Ordinal);
        foreach (var row in expected)
        {
            var name = row![key]?.ToString() ?? "";
            if (rows[name].FirstOrDefault() is { } same) Compare(question, row, same, $"{path}[{name}]", isThere: true);
            else Differ(question, $"{path}[{name}]", row.ToJsonString(), "nothing");
        }
        var known = expected.Select(row => row![key]?.ToString() ?? "").ToHashSet(StringComparer.Ordinal);
        foreach (var row in actual.Where(row => !known.Contains(row![key]?.ToString() ?? ""))) Differ(question, $"{path}[{row![key]}]", "nothing", row);
    }

    public void Differ(string question, string path, object expected, object? actual)
    {
        var was = actual is JsonNode node ? node.ToJsonString() : actual?.ToString() ?? "null";
        found.Add($"seed {seed}, {question}: {path} expected {expected}, was {(was.Length > 300 ? was[..300] : was)}");
    }

    private static bool IsFigure(JsonNode? value) => value is JsonObject or JsonArray || value?.GetValueKind() is JsonValueKind.Number;

    private static bool IsSame(JsonNode? expected, JsonNode? actual)
    {
        if (expected is null || actual is null) return expected is null && actual is null;
        if (expected.GetValueKind() != actual.GetValueKind()) return false;
        return expected.GetValueKind() switch
        {
            JsonValueKind.Number => IsSame(expected.AsValue().GetValue<JsonElement>().GetDouble(), actual.AsValue().GetValue<JsonElement>().GetDouble()),
            JsonValueKind.String => IsSame(expected.ToString(), actual.ToString()),
            _ => expected.ToJsonString() == actual.ToJsonString(),
        };
    }

    private static bool IsSame(double expected, double actual) => Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected));

    // The same instant can be written with and without its offset.
    private static bool IsSame(string expected, string actual) =>
        expected == actual || (expected.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(expected, CultureInfo.InvariantCulture, out var one)
            && DateTimeOffset.TryParse(actual, CultureInfo.InvariantCulture, out var other) && one == other);
}
