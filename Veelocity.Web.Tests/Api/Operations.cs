using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api;

/// <summary>One operation of the API, as its own description has it.</summary>
internal sealed record Operation(HttpMethod Method, string Path, JsonNode Description)
{
    public string Name => $"{Method} {Path}";

    public bool TakesBody => Description["requestBody"] is not null;

    public bool RequiresBody => (bool?)Description["requestBody"]?["required"] == true;

    public bool OffersCsv => Description["responses"]!["200"]?["content"]?["text/csv"] is not null;

    public JsonNode? Answer => (Description["responses"]!["200"] ?? Description["responses"]!["201"])?["content"]?["application/json"]?["schema"];

    public IReadOnlyList<JsonNode> Query =>
        [.. (Description["parameters"]?.AsArray() ?? []).Where(p => (string?)p!["in"] == "query").Select(p => p!)];

    /// <summary>The path with an id for each of its parameters.</summary>
    public string Address(Guid organization) =>
        string.Join('/', Path.Split('/').Select((part, i) => part is not ['{', ..] ? part
            : part == "{kind}" ? "github"
            : part == "{id}" && i > 0 && Path.StartsWith("/api/v1/organizations/{id}", StringComparison.Ordinal) ? organization.ToString()
            : Guid.NewGuid().ToString()));

    public static async Task<IReadOnlyList<Operation>> AllAsync(TestApp app)
    {
        using var reader = app.Api();
        var document = (await reader.GetFromJsonAsync<JsonNode>(new Uri(app.Address, "/openapi/v1.json"), TestContext.Current.CancellationToken))!;
        return [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Select(verb => new Operation(new HttpMethod(verb.Key.ToUpperInvariant()), path.Key, verb.Value!)))];
    }
}
