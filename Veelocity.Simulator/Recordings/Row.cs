using System.Text.Json;
using System.Text.Json.Nodes;

namespace Veelocity.Simulator.Recordings;

/// <summary>One line of a recording: a REST object that may lack what GitHub always sends.</summary>
internal readonly record struct Row(JsonElement Json)
{
    public static IEnumerable<Row> Read(string folder, string kind)
    {
        var path = Path.Combine(folder, kind + ".ndjson");
        return File.Exists(path)
            ? File.ReadLines(path).Where(line => !string.IsNullOrWhiteSpace(line)).Select(Parse)
            : [];
    }

    /// <summary>The only object of a file such as <c>meta.json</c>; null when there is no such file.</summary>
    public static Row? One(string folder, string kind)
    {
        var path = Path.Combine(folder, kind + ".json");
        return File.Exists(path) ? Parse(File.ReadAllText(path)) : null;
    }

    private static Row Parse(string json) => new(JsonElement.Parse(HalfCharacters.Hide(json)));

    public Row? Child(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? new Row(value) : null;

    public IEnumerable<JsonElement> Items(string name) =>
        Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    public string? Text(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public long? Number(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    public int Count(string name) => (int)(Number(name) ?? 0);

    public bool Is(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public bool IsFalse(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.False;

    public double? Fraction(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    public DateTimeOffset? Instant(string name) => Iso.Parse(Text(name));

    public JsonNode? Node(string name) =>
        Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? JsonNode.Parse(value.GetRawText()) : null;
}
