using System.Text.Json;
using System.Text.Json.Nodes;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>What the API is expected to say, in its own words.</summary>
internal static class Wording
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static JsonObject Say(object answer) => JsonSerializer.SerializeToNode(answer, Snake)!.AsObject();

    public static JsonArray Say(IEnumerable<object> rows) => [.. rows.Select(row => (JsonNode)Say(row))];
}
