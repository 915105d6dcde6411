using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Veelocity.Web.Tests.Simulator;

/// <summary>What GitHub publishes about its REST interface and its webhooks, as npm serves it.</summary>
internal sealed class PublishedDescription : IDisposable
{
    private readonly JsonDocument _text;
    private readonly PublishedShape _shape;

    private PublishedDescription(string package)
    {
        _text = JsonDocument.Parse(File.ReadAllText(Path.Combine(RootOf(AppContext.BaseDirectory), "node_modules", "@octokit", package, "generated", "api.github.com.json")));
        _shape = new PublishedShape(_text.RootElement);
    }

    public static PublishedDescription OfRest() => new("openapi");

    public static PublishedDescription OfWebhooks() => new("openapi-webhooks");

    /// <summary>What is wrong with the payload of an event.</summary>
    public IEnumerable<string> ProblemsOf(string happening, string? action, JsonObject payload)
    {
        var name = (action is null ? happening : $"{happening}-{action}").Replace('_', '-');
        var schema = Json(_text.RootElement.GetProperty("webhooks").GetProperty(name).GetProperty("post").GetProperty("requestBody"));
        return _shape.Problems(payload, schema).Concat(_shape.Missing(payload, schema).Select(missing => $"lacks {missing}")).Select(problem => $"{name}: {problem}");
    }

    /// <summary>What is wrong with a GET's 200 answer; the path and its query are as they were asked.</summary>
    public IEnumerable<string> ProblemsOf(string asked, JsonNode answer) =>
        Operation(asked) is { } operation ? _shape.Problems(answer, Json(operation.GetProperty("responses").GetProperty("200"))) : [$"{asked} is no path"];

    /// <summary>What is wrong with a GET's path and parameters.</summary>
    public IEnumerable<string> ProblemsOf(string asked)
    {
        if (Operation(asked) is not { } operation)
            return [$"{asked} is no path"];
        var known = operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Select(parameter => _shape.Resolve(parameter).GetProperty("name").GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        return asked.Split('?') is [_, var query]
            ? query.Split('&').Select(pair => pair.Split('=')[0]).Where(name => !known.Contains(name)).Select(name => $"{asked} has no {name}")
            : [];
    }

    public void Dispose() => _text.Dispose();

    // The path with the fewest blanks that fits.
    private JsonElement? Operation(string asked)
    {
        var path = "/" + asked.Split('?')[0].TrimStart('/');
        var found = _text.RootElement.GetProperty("paths").EnumerateObject()
            .Where(candidate => candidate.Value.TryGetProperty("get", out _) && Pattern(candidate.Name).IsMatch(path))
            .OrderBy(candidate => candidate.Name.Count(letter => letter == '{'))
            .Select(candidate => candidate.Value.GetProperty("get"))
            .ToList();
        return found.Count == 0 ? null : found[0];
    }

    private static Regex Pattern(string template) => new("^" + Regex.Replace(Regex.Escape(template), @"\\\{[^}]+}", "[^/]+") + "$", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static JsonElement Json(JsonElement body) => body.GetProperty("content").GetProperty("application/json").GetProperty("schema");

    private static string RootOf(string folder) => File.Exists(Path.Combine(folder, "Veelocity.sln")) ? folder : RootOf(Path.GetDirectoryName(folder)!);
}
