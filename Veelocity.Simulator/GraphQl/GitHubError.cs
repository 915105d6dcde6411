using System.Text.Json;
using System.Text.Json.Serialization;
using GraphQL;
using GraphQL.Validation;

namespace Veelocity.Simulator.GraphQl;

/// <summary>An error with GitHub's <c>type</c>; thrown from a resolver it makes the field null.</summary>
internal sealed class GitHubError(string type, string message) : ExecutionError(message)
{
    public string Type { get; } = type;

    /// <summary>What a token that SAML does not know sees.</summary>
    public bool IsSaml { get; init; }
}

/// <summary>Writes errors the way GitHub does: <c>type</c> at the top, <c>extensions.code</c> for documents that are not valid.</summary>
internal sealed class ErrorConverter : JsonConverter<ExecutionError>
{
    public override ExecutionError Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, ExecutionError value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value is GitHubError { Type: var type } error)
        {
            writer.WriteString("type", type);
            if (error.IsSaml)
                WriteExtensions(writer, "saml_failure", true);
        }
        else if (value is ValidationError)
        {
            WriteExtensions(writer, "code", UndefinedField(value) is null ? value.Code ?? "invalid" : "undefinedField");
        }

        if (value.Path is { } path)
        {
            writer.WritePropertyName("path");
            JsonSerializer.Serialize(writer, path, options);
        }

        if (value.Locations is { Count: > 0 } locations)
        {
            writer.WriteStartArray("locations");
            foreach (var location in locations)
            {
                writer.WriteStartObject();
                writer.WriteNumber("line", location.Line);
                writer.WriteNumber("column", location.Column);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteString("message", UndefinedField(value) ?? (value.InnerException is { } cause ? $"{value.Message}: {cause}" : value.Message));
        writer.WriteEndObject();
    }

    // "Cannot query field 'x' on type 'T'." is said otherwise by GitHub.
    private static string? UndefinedField(ExecutionError error) =>
        error is ValidationError && error.Message.Split('\'') is ["Cannot query field ", var field, " on type ", var type, ..]
            ? $"Field '{field}' doesn't exist on type '{type}'"
            : null;

    private static void WriteExtensions(Utf8JsonWriter writer, string name, object value)
    {
        writer.WritePropertyName("extensions");
        JsonSerializer.Serialize(writer, new Dictionary<string, object>(StringComparer.Ordinal) { [name] = value });
    }
}
