using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Veelocity.Web.Pages.ApiDocs;

/// <summary>The REST API's own description as a page: everything of it without a script, and from nowhere else.</summary>
[AllowAnonymous]
internal sealed class IndexModel([FromKeyedServices("v1")] IOpenApiDocumentProvider description) : PageModel
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The same for everyone until the app is another one.
    private static IReadOnlyList<Group>? known;

    public sealed record Group(string Name, string Anchor, IReadOnlyList<Operation> Operations);

    /// <param name="Answers">By status; the example is null where nothing comes back.</param>
    public sealed record Operation(
        string Method, string Path, string Anchor, string? Summary, string? Description, bool IsOpen, IReadOnlyList<Parameter> Parameters, string Curl, IReadOnlyList<Parameter> Fields, string? Body,
        IReadOnlyList<(string Status, string? Description, string? Example)> Answers);

    /// <param name="Type">With the values that it takes, where these are few.</param>
    public sealed record Parameter(string Name, string Place, string Type, bool IsRequired, string? Description);

    public IReadOnlyList<Group> Groups { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation) => Groups = known ??= GroupsOf(await description.GetOpenApiDocumentAsync(cancellation));

    private static IReadOnlyList<Group> GroupsOf(OpenApiDocument document) =>
        [.. document.Paths.SelectMany(path => (path.Value.Operations ?? []).Select(operation => (Tag: operation.Value.Tags?.FirstOrDefault()?.Name ?? "Others", Read: Read(path.Key, operation.Key, operation.Value))))
            .GroupBy(operation => operation.Tag, operation => operation.Read).Select(group => new Group(group.Key, Anchor(group.Key), [.. group]))];

    private static Operation Read(string path, HttpMethod method, OpenApiOperation operation) => new(
        method.Method, path, Anchor($"{method.Method} {path}"), operation.Summary, operation.Description, operation.Security is null or { Count: 0 },
        [.. (operation.Parameters ?? []).Select(p => new Parameter(p.Name ?? "", p.In?.ToString().ToLowerInvariant() ?? "", TypeOf(p.Schema), p.Required, p.Description))],
        Curl.Of(path, method, operation), FieldsOf(operation.RequestBody?.Content?.Values.FirstOrDefault()?.Schema),
        Text(operation.RequestBody?.Content?.Values.FirstOrDefault()?.Example),
        [.. (operation.Responses ?? []).OrderBy(answer => answer.Key, StringComparer.Ordinal)
            .Select(answer => (answer.Key, answer.Value.Description, Text(answer.Value.Content?.TryGetValue("application/json", out var json) == true ? json.Example : null)))]);

    private static IReadOnlyList<Parameter> FieldsOf(IOpenApiSchema? body) =>
        [.. (body?.Properties ?? body?.OneOf?.FirstOrDefault(one => one.Properties is { Count: > 0 })?.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
            .Select(field => new Parameter(field.Key, "", TypeOf(field.Value), body!.Required?.Contains(field.Key) == true, LimitOf(field.Value)))];

    private static string TypeOf(IOpenApiSchema? schema)
    {
        if (schema?.OneOf?.FirstOrDefault(one => one.Type != JsonSchemaType.Null) is { } one) return TypeOf(one);
        if (schema?.Enum is { Count: > 0 } values) return string.Join(", ", values.Select(value => value?.ToString()));
        if (schema?.Items is { } items) return $"list of {TypeOf(items)}";
        return schema?.Format ?? (schema?.Type & ~JsonSchemaType.Null)?.ToString().ToLowerInvariant() ?? "";
    }

    private static string? LimitOf(IOpenApiSchema schema) => schema.Description ?? (schema.MaxLength is { } most ? $"{most} characters at most" : null);

    private static string? Text(JsonNode? example) => example?.ToJsonString(Indented);

    private static string Anchor(string words) => string.Join('-', words.ToLowerInvariant().Split([' ', '/', '{', '}', '_'], StringSplitOptions.RemoveEmptyEntries));
}
