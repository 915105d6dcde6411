using System.Text.Json.Nodes;

namespace Veelocity.Simulator.GraphQl;

/// <summary>What GitHub gives when a query takes too much: the second half of the first list is null, and an error says so.</summary>
internal static class PartialAnswer
{
    public static JsonObject Of(JsonObject whole)
    {
        var path = new JsonArray();
        if (FirstList(whole["data"], path) is { } nodes)
        {
            for (var place = nodes.Count / 2; place < nodes.Count; place++)
                nodes[place] = null;
        }

        whole["errors"] = new JsonArray(new JsonObject
        {
            ["type"] = "RESOURCE_LIMITS_EXCEEDED",
            ["path"] = path,
            ["message"] = "Resource limits for this query exceeded.",
        });
        return whole;
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
}
