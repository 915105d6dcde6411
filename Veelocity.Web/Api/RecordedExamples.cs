using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Veelocity.Web.Api;

/// <summary>
/// Examples of what is sent and answered, recorded from real requests (examples.json, which a test keeps true), for operations that carry none of
/// their own.
/// </summary>
internal static class RecordedExamples
{
    private const string Json = "application/json";

    private static readonly Lazy<JsonObject> All = new(() =>
    {
        using var recorded = typeof(RecordedExamples).Assembly.GetManifestResourceStream("Veelocity.Web.Api.examples.json")!;
        return JsonNode.Parse(recorded)!.AsObject();
    });

    public static void Show(OpenApiOperation operation, string method, string path)
    {
        if (All.Value[$"{method} /{path}"] is not JsonObject example) return;
        if (operation.RequestBody?.Content?.TryGetValue(Json, out var sent) == true) sent.Example ??= example["body"]?.DeepClone();
        foreach (var (_, response) in (operation.Responses ?? []).Where(response => response.Key[0] == '2'))
        {
            if (response.Content?.TryGetValue(Json, out var answered) == true) answered.Example ??= example["answer"]?.DeepClone();
        }
    }
}
