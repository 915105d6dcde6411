using System.Text.Json;
using System.Text.Json.Serialization;

namespace Veelocity.Web.Connectors.Http;

/// <summary>How providers' JSON is read: names in either style, numbers also as text, unknown fields ignored.</summary>
internal static class ProviderJson
{
    public static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static readonly JsonSerializerOptions Snake = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
