using System.Text.Json;
using System.Text.Json.Nodes;

namespace Veelocity.Web.Tests.Simulator;

/// <summary>Holds JSON against a schema of an OpenAPI description: unknown fields, wrong kinds of values, words that are not listed.</summary>
internal sealed class PublishedShape(JsonElement description)
{
    public IEnumerable<string> Problems(JsonNode? value, JsonElement schema, string path = "$")
    {
        schema = Resolve(schema);
        if (Choices(schema) is { } choices)
        {
            var best = choices.Select(choice => Problems(value, choice, path).ToList()).MinBy(problems => problems.Count)!;
            return best;
        }

        return Own(value, schema, path);
    }

    /// <summary>What the schema requires at its top and the value lacks.</summary>
    public IEnumerable<string> Missing(JsonObject value, JsonElement schema) =>
        Resolve(schema).TryGetProperty("required", out var required)
            ? required.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.ContainsKey(name))
            : [];

    private IEnumerable<string> Own(JsonNode? value, JsonElement schema, string path)
    {
        if (value is null)
        {
            if (!IsNullable(schema))
                yield return $"{path} is null";
            yield break;
        }

        if (schema.TryGetProperty("enum", out var words) && value.GetValueKind() == JsonValueKind.String && !words.EnumerateArray().Any(word => word.ValueEquals(value.GetValue<string>())))
            yield return $"{path} says '{value}', which is not listed";
        if (!Types(schema).Any(type => Fits(type, value.GetValueKind())))
            yield return $"{path} is a {value.GetValueKind()}";
        if (value is JsonArray items && schema.TryGetProperty("items", out var itemSchema))
        {
            foreach (var problem in items.Take(3).SelectMany((item, place) => Problems(item, itemSchema, $"{path}[{place}]")))
                yield return problem;
        }

        if (value is not JsonObject fields || !schema.TryGetProperty("properties", out var properties))
            yield break;
        foreach (var (name, field) in fields)
        {
            if (!properties.TryGetProperty(name, out var property))
                yield return $"{path}.{name} does not exist";
            else
                foreach (var problem in Problems(field, property, $"{path}.{name}"))
                    yield return problem;
        }
    }

    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            var target = description;
            foreach (var part in reference.GetString()!.Split('/').Skip(1))
                target = target.GetProperty(part);
            schema = target;
        }

        return schema;
    }

    private static List<JsonElement>? Choices(JsonElement schema) =>
        new[] { "oneOf", "anyOf", "allOf" }.Where(name => schema.TryGetProperty(name, out _)).Select(name => schema.GetProperty(name).EnumerateArray().ToList()).FirstOrDefault();

    private static bool IsNullable(JsonElement schema) =>
        (schema.TryGetProperty("nullable", out var nullable) && nullable.ValueKind == JsonValueKind.True) || Types(schema).Any(type => type is "null" or "any");

    private static IEnumerable<string> Types(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? ["any"]
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!)
        : [type.GetString()!];

    private static bool Fits(string type, JsonValueKind kind) => type switch
    {
        "object" => kind == JsonValueKind.Object,
        "array" => kind == JsonValueKind.Array,
        "string" => kind == JsonValueKind.String,
        "integer" or "number" => kind == JsonValueKind.Number,
        "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
        _ => true,
    };
}
