using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Veelocity.Web.Api;

/// <summary>Endpoint metadata: an answer as the OpenAPI document shows it.</summary>
internal sealed record ExampleAnswer(object Value);

/// <summary>Puts the examples that endpoints carry into the OpenAPI document, spelled as the API spells its answers.</summary>
internal static class Examples
{
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, object answer) => endpoint.WithMetadata(new ExampleAnswer(answer));

    public static void Show(OpenApiOperation operation, IList<object> metadata, IServiceProvider services)
    {
        if (metadata.OfType<ExampleAnswer>().LastOrDefault() is not { } example) return;
        var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (status.StartsWith('2') && response.Content?.TryGetValue("application/json", out var content) == true)
                content.Example = JsonSerializer.SerializeToNode(example.Value, json);
        }
    }
}
