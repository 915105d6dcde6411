using System.Globalization;
using System.Text.Json.Nodes;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>A downloaded file, read cell by cell.</summary>
internal static class Csv
{
    public static List<Dictionary<string, string>> Read(string text)
    {
        var lines = Lines(text.TrimStart('\uFEFF')).Where(line => line.Count > 1).ToList();
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal))];
    }

    /// <summary>Whether a cell says what a value is: empty for nothing, instants in full.</summary>
    public static bool Says(string cell, JsonNode? value)
    {
        if (value is null) return cell.Length == 0;
        var text = value is JsonArray list ? string.Join(' ', list) : value.ToString();
        if (text == cell || string.Equals(text, cell, StringComparison.OrdinalIgnoreCase)) return true;
        if (double.TryParse(text, CultureInfo.InvariantCulture, out var one) && double.TryParse(cell, CultureInfo.InvariantCulture, out var other))
            return Math.Abs(one - other) <= 1e-9 * Math.Max(1, Math.Abs(one));
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) && DateTimeOffset.TryParse(cell, CultureInfo.InvariantCulture, out var then) && at == then;
    }

    private static IEnumerable<List<string>> Lines(string text)
    {
        var (line, cell, isQuoted) = (new List<string>(), "", false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') cell += text[i++];
            else if (c == '"') isQuoted = !isQuoted;
            else if (!isQuoted && c is ',' or '\n' && !isQuoted)
            {
                line.Add(cell.TrimEnd('\r'));
                cell = "";
                if (c == ',') continue;
                yield return line;
                line = [];
            }
            else cell += c;
        }
        line.Add(cell);
        yield return line;
    }
}
