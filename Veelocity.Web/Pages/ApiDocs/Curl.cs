using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Veelocity.Web.Pages.ApiDocs;

/// <summary>An operation as a command to copy, in the words of docs/api.md: <c>$VEELOCITY</c>, <c>$TOKEN</c>, ids in capitals.</summary>
internal static class Curl
{
    public static string Of(string path, HttpMethod method, OpenApiOperation operation)
    {
        var address = string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? "$" + WordOf(path, part.Trim('{', '}')) : part));
        List<string> parts = [$"curl -s{(method == HttpMethod.Get ? "" : $" -X {method.Method}")} \"$VEELOCITY{address}\""];
        if (operation.Security is { Count: > 0 }) parts.Add("-H \"Authorization: Bearer $TOKEN\"");
        if (operation.Parameters?.Any(p => p.In == ParameterLocation.Header) == true) parts.Add("-H \"X-Organization: $ORGANIZATION\"");
        if (Body(operation) is { } body) parts.Add($"-H 'Content-Type: application/json' -d '{body.ToJsonString(Written).Replace("'", "'\\''", StringComparison.Ordinal)}'");
        return string.Join(" \\\n  ", parts);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Written = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonNode? Body(OpenApiOperation operation) => operation.RequestBody?.Content?.Values.FirstOrDefault()?.Example;

    // {id} is an id of what stands before it; userId and the like name themselves.
    private static string WordOf(string path, string name)
    {
        if (name != "id") return string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? "_" + c : c.ToString())).ToUpperInvariant();
        var parts = path.Split('/');
        var before = parts[Array.IndexOf(parts, "{id}") - 1];
        return before == "organizations" ? "ORGANIZATION" : "ID";
    }
}
