using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Veelocity.Web.Api;

/// <summary>Writes instants as the API promises them: ISO 8601 in UTC, <c>2026-11-01T09:30:00Z</c>.</summary>
internal sealed class UtcInstant : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", CultureInfo.InvariantCulture));
}
