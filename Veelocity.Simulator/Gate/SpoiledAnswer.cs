using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Veelocity.Simulator.Gate;

/// <summary>Spoils a good answer: parts of it null, with an error or without, or its text cut short.</summary>
internal static class SpoiledAnswer
{
    public static byte[] Of(byte[] body, FaultKind kind) => kind switch
    {
        FaultKind.MalformedJson => body[..(body.Length / 2)],
        FaultKind.ResourceLimits => Partial(body, "RESOURCE_LIMITS_EXCEEDED", "Resource limits for this query exceeded."),
        FaultKind.PartialData => Partial(body, null, "Something went wrong while executing your query. Please include `1234:5678` when reporting this issue."),
        FaultKind.NullRows => WithNullRows(body),
        _ => body,
    };

    // The second half of the first list is null, and an error says so.
    private static byte[] Partial(byte[] body, string? type, string message)
    {
        if (Parse(body) is not JsonObject whole)
            return body;
        var path = new JsonArray();
        if (FirstList(whole["data"], path) is { } nodes)
        {
            for (var place = nodes.Count / 2; place < nodes.Count; place++)
                nodes[place] = null;
        }

        var error = new JsonObject { ["path"] = path, ["message"] = message };
        if (type is not null)
            error["type"] = type;
        whole["errors"] = new JsonArray(error);
        return Bytes(whole);
    }

    private static byte[] WithNullRows(byte[] body)
    {
        var whole = Parse(body);
        if ((whole as JsonArray ?? FirstList(whole, [])) is not { } rows)
            return body;
        for (var place = 0; place < rows.Count; place += 3)
            rows[place] = null;
        return Bytes(whole!);
    }

    private static JsonArray? FirstList(JsonNode? node, JsonArray path)
    {
        if (node is not JsonObject parent)
            return null;
        foreach (var (name, child) in parent)
        {
            path.Add(name);
            if ((child as JsonArray ?? FirstList(child, path)) is { } list)
                return list;
            path.RemoveAt(path.Count - 1);
        }

        return null;
    }

    private static JsonNode? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Bytes(JsonNode whole) => Encoding.UTF8.GetBytes(whole.ToJsonString());
}
