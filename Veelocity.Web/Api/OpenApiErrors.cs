using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Api;

/// <summary>Endpoint metadata: an error that an operation may answer beyond those of all operations of its kind.</summary>
/// <param name="Code">The stable code in the answer.</param>
internal sealed record DocumentedError(int Status, string Code, string Words);

/// <summary>The errors in the OpenAPI document: which an operation may answer, why, and what each looks like.</summary>
internal static class OpenApiErrors
{
    private const string ProblemJson = "application/problem+json", Problem = "ProblemDetails";
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    public static RouteHandlerBuilder MayAnswer(this RouteHandlerBuilder endpoint, int status, string code, string words) =>
        endpoint.WithMetadata(new DocumentedError(status, code, words));

    public static void Describe(OpenApiOperation operation, IList<object> metadata, OpenApiDocument? document)
    {
        operation.Responses ??= [];
        foreach (var errors in metadata.OfType<DocumentedError>().Concat(OfItsKind(operation, metadata)).GroupBy(error => error.Status))
        {
            var first = errors.First();
            operation.Responses[Invariant(first.Status)] = new OpenApiResponse
            {
                Description = string.Join(' ', errors.Select(error => $"{error.Words} ({error.Code})")),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [ProblemJson] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(Problem, document), Example = Example(first) },
                },
            };
        }
    }

    /// <summary>What every error is made of.</summary>
    public static void DescribeShape(OpenApiDocument document)
    {
        static OpenApiSchema Text(string meaning) => new() { Type = JsonSchemaType.String, Description = meaning };
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        document.Components.Schemas[Problem] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "An error, as RFC 9457 has it.",
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = Text("A URI of the status or of its kind; code says more."),
                ["title"] = Text("The status in words."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The status." },
                ["detail"] = Text("What went wrong, for a person; may change."),
                ["code"] = Text("What went wrong, for a program; stays as it is."),
                ["trace_id"] = Text("Names the request in the logs."),
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "With 422: what was expected, by field.",
                    AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
                },
            },
        };
    }

    private static IEnumerable<DocumentedError> OfItsKind(OpenApiOperation operation, IList<object> metadata)
    {
        var organization = metadata.OfType<OrganizationMetadata>().LastOrDefault();
        var takesSomething = operation.RequestBody is not null || operation.Parameters is { Count: > 0 };
        if (organization?.Source == OrganizationSource.Header)
            yield return new(400, "organization_required", "You belong to several organizations, and the request names none.");
        if (operation.RequestBody is not null || operation.Parameters?.Any(p => p.In == ParameterLocation.Query) == true)
            yield return new(400, Problems.CodeOf(400), "A parameter or the body cannot be read.");
        if (!metadata.OfType<IAllowAnonymous>().Any())
            yield return new(401, Problems.CodeOf(401), "No access token, or one that is not valid any more.");
        if (organization is not null)
        {
            yield return new(403, Problems.CodeOf(403), "Your role in the organization does not allow this.");
            yield return new(404, Problems.CodeOf(404), "There is nothing here that you can see.");
        }
        yield return new(422, Problems.CodeOf(422), takesSomething
            ? "Some fields or parameters are invalid or unknown; errors names them."
            : "The operation takes no parameters.");
        if (operation.RequestBody is not null)
            yield return new(415, Problems.CodeOf(415), "The body is not application/json in UTF-8.");
        yield return new(429, Problems.CodeOf(429), "Too many requests; Retry-After tells how many seconds to wait.");
    }

    private static JsonObject Example(DocumentedError error)
    {
        var example = new JsonObject
        {
            ["type"] = "about:blank",
            ["title"] = ReasonPhrases.GetReasonPhrase(error.Status),
            ["status"] = error.Status,
            ["detail"] = error.Words,
            ["code"] = error.Code,
            ["trace_id"] = TraceId,
        };
        if (error is { Status: 422, Code: "invalid" }) example["errors"] = new JsonObject { ["name_of_the_field"] = new JsonArray("What was expected.") };
        return example;
    }

    private static string Invariant(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
