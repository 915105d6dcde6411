using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Api;

/// <summary>What the OpenAPI document says beyond what the endpoints' types already tell.</summary>
internal static class OpenApiText
{
    private const string Bearer = "bearer";

    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = operation => operation.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        options.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is null ? null : NameOf(type.Type);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Veelocity";
            document.Info.Version = "v1";
            document.Info.Description = "Delivery metrics of your organization: DORA, development and builds. "
                + "Beyond the errors of each operation: 405 for another method, 406 for a format that is not offered, 413 for a body above 1 MiB, 503 (database_unavailable) while the database does not answer.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Bearer,
                BearerFormat = "JWT",
                Description = "An access token from POST /api/v1/auth/login, or a personal API token (vee_…), which is made in the settings of an organization and opens that one.",
            };
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            OpenApiErrors.DescribeShape(document);
            // After the examples that operations carry themselves.
            foreach (var (path, item) in document.Paths)
            {
                foreach (var (method, operation) in item.Operations ?? []) RecordedExamples.Show(operation, method.Method, path.TrimStart('/'));
            }
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // A converter of its own tells nothing of what it writes.
            var type = context.JsonTypeInfo.Type;
            if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset))
                schema.Type = type != typeof(DateTimeOffset) && context.ParameterDescription is null ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            var organization = metadata.OfType<OrganizationMetadata>().LastOrDefault();
            if (!metadata.OfType<IAllowAnonymous>().Any())
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
            if (organization?.Source == OrganizationSource.Header)
                AskForOrganization(operation);
            Examples.Show(operation, metadata, context.ApplicationServices);
            if (metadata.OfType<OffersCsv>().Any() && operation.Responses?["200"].Content is { } content)
                content[OffersCsvConvention.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            OpenApiErrors.Describe(operation, metadata, context.Document);
            OpenApiParameters.Describe(operation, context.Description);
            return Task.CompletedTask;
        });
    }

    /// <summary>With the type it stands in: there are several of the same name, such as <c>Item</c>.</summary>
    private static string NameOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var own = type.Name.Split('`')[0];
        var name = type.DeclaringType is { } outer ? outer.Name.Split('`')[0] + own : own;
        return type.IsGenericType ? $"{name}Of{string.Concat(type.GetGenericArguments().Select(NameOf))}" : name;
    }

    private static void AskForOrganization(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "X-Organization",
            In = ParameterLocation.Header,
            Description = "Id or slug of the organization; may be left out when you belong to exactly one, or use a token of one.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }
}
