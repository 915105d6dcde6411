using System.Text.Json;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors;

/// <summary>Cursors as text. One that cannot be read, from an older version perhaps, counts as none: reading starts again.</summary>
internal static class CursorText
{
    public static string Write<T>(T cursor) => JsonSerializer.Serialize(cursor, ProviderJson.Camel);

    public static T? Read<T>(string? text)
        where T : class
    {
        if (text is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(text, ProviderJson.Camel);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
