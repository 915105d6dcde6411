using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;

namespace Veelocity.Web.Api;

/// <summary>Examples in the API's description: what a caller may send and what a good answer looks like.</summary>
internal static class OpenApiExample
{
    private const string Json = "application/json";

    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, string answer, string? body = null) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (body is not null && operation.RequestBody?.Content?.TryGetValue(Json, out var sent) == true) sent.Example = JsonNode.Parse(body);
            foreach (var (status, response) in operation.Responses ?? [])
            {
                if (status.StartsWith('2') && response.Content?.TryGetValue(Json, out var answered) == true) answered.Example = JsonNode.Parse(answer);
            }
            return Task.CompletedTask;
        });
}
