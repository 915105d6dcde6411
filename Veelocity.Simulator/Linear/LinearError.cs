using System.Text.Json;
using System.Text.Json.Serialization;
using GraphQL;

namespace Veelocity.Simulator.Linear;

/// <summary>An error as Linear shapes it: a type in words, a code, and what people may read.</summary>
internal sealed class LinearError(string type, string code, string message, string? forPeople = null) : ExecutionError(message)
{
    public string Type { get; } = type;
    public string LinearCode { get; } = code;
    public string ForPeople { get; } = forPeople ?? message;

    public static LinearError NotFound(string what) => new("invalid input", "INPUT_ERROR", $"Entity not found: {what}", $"Could not find referenced {what}.");

    public static LinearError Invalid(string message) => new("invalid input", "INPUT_ERROR", message);
}

/// <summary>Writes errors the way Linear does.</summary>
internal sealed class LinearErrorConverter : JsonConverter<ExecutionError>
{
    public override ExecutionError Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, ExecutionError value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("message", value.InnerException is { } cause ? $"{value.Message}: {cause}" : value.Message);
        if (value.Path is { } path)
        {
            writer.WritePropertyName("path");
            JsonSerializer.Serialize(writer, path, options);
        }
        writer.WriteStartObject("extensions");
        writer.WriteString("type", (value as LinearError)?.Type ?? "graphql error");
        writer.WriteString("code", (value as LinearError)?.LinearCode ?? "GRAPHQL_VALIDATION_FAILED");
        writer.WriteBoolean("userError", true);
        writer.WriteString("userPresentableMessage", (value as LinearError)?.ForPeople ?? value.Message);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
