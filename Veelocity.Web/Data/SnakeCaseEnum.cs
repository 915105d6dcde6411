using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Veelocity.Web.Data;

/// <summary>Stores an enum as the word people read in SQL: <c>TimedOut</c> as <c>timed_out</c>.</summary>
public sealed class SnakeCaseEnum<TEnum>() : ValueConverter<TEnum, string>(value => ToText(value), text => FromText(text))
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> Texts = Enum.GetValues<TEnum>()
        .ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
    private static readonly Dictionary<string, TEnum> Values = Texts.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    internal static string ToText(TEnum value) => Texts[value];

    internal static TEnum FromText(string text) => Values[text];
}
