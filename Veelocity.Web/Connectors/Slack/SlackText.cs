using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Veelocity.Web.Connectors.Slack;

/// <summary>All that a message says in one text, and the addresses in it. An alert's own text is usually empty: what it says is in attachments.</summary>
internal sealed partial class SlackText
{
    private const int MostText = 8000;
    private const int MostLinks = 50;

    private readonly List<string> _lines = [];
    private readonly List<string> _links = [];

    public static (string Text, IReadOnlyList<string> Links) Of(MessageRow row)
    {
        var text = new SlackText();
        text.Add(row.Text);
        // Blocks repeat the text; they speak for themselves only when there is none.
        text.AddBlocks(row.Blocks, isQuiet: text._lines.Count > 0);
        if (row.Attachments is { ValueKind: JsonValueKind.Array } attachments)
            foreach (var attachment in attachments.EnumerateArray()) text.AddAttachment(attachment);
        var whole = string.Join('\n', text._lines);
        return (whole.Length > MostText ? whole[..MostText] : whole, [.. text._links.Distinct(StringComparer.Ordinal).Take(MostLinks)]);
    }

    private void AddAttachment(JsonElement attachment)
    {
        if (attachment.ValueKind != JsonValueKind.Object) return;
        var before = _lines.Count;
        foreach (var name in (ReadOnlySpan<string>)["pretext", "title", "text"]) Add(TextOf(attachment, name));
        if (attachment.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Array)
            foreach (var field in fields.EnumerateArray()) Add(string.Join(": ", new[] { TextOf(field, "title"), TextOf(field, "value") }.OfType<string>()));
        if (attachment.TryGetProperty("blocks", out var blocks)) AddBlocks(blocks, isQuiet: false);
        if (_lines.Count == before) Add(TextOf(attachment, "fallback"));
        Add(TextOf(attachment, "footer"));
        foreach (var name in (ReadOnlySpan<string>)["title_link", "from_url", "original_url"])
            if (TextOf(attachment, name) is { } link) _links.Add(link);
    }

    private void AddBlocks(JsonElement? blocks, bool isQuiet)
    {
        if (blocks is not { ValueKind: JsonValueKind.Array } list) return;
        var line = new StringBuilder();
        foreach (var block in list.EnumerateArray())
        {
            Gather(block, line);
            if (!isQuiet) Add(line.ToString());
            line.Clear();
        }
    }

    private void Gather(JsonElement node, StringBuilder line)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var child in node.EnumerateArray()) Gather(child, line);
            return;
        }
        if (node.ValueKind != JsonValueKind.Object) return;
        if (TextOf(node, "url") is { } url && url.StartsWith("http", StringComparison.Ordinal)) _links.Add(url);
        if (TextOf(node, "text") is { } text) line.Append(text).Append(' ');
        foreach (var name in (ReadOnlySpan<string>)["text", "fields", "elements", "accessory"])
            if (node.TryGetProperty(name, out var child)) Gather(child, line);
    }

    // <https://…|label> is a link, <@U1> a person, <#C1|name> a channel; & < > come escaped.
    private void Add(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        var plain = Marked().Replace(text, found =>
        {
            var (target, label) = (found.Groups["target"].Value, found.Groups["label"].Value);
            if (target.StartsWith('#')) return label.Length > 0 ? $"#{label}" : target;
            if (!target.StartsWith("http", StringComparison.Ordinal)) return label.Length > 0 ? label : target;
            _links.Add(WebUtility.HtmlDecode(target));
            return label.Length > 0 ? label : target;
        });
        _lines.Add(WebUtility.HtmlDecode(plain).Replace("\0", "", StringComparison.Ordinal).Trim());
    }

    private static string? TextOf(JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text ? text : null;

    [GeneratedRegex("<(?<target>[^<>|]+)(\\|(?<label>[^<>]*))?>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Marked();
}
