using System.Collections;
using System.Text.Json;

namespace Veelocity.Web.Api.Input;

/// <summary>What no body may contain, whatever its fields mean: null in a list, text that can't be stored.</summary>
internal static class BodyContents
{
    public static IEnumerable<(string Field, string Problem)> ProblemsOf(object body) => Of(body, "");

    private static IEnumerable<(string, string)> Of(object? value, string path) => value switch
    {
        null => [],
        string text => Expected.Takes(typeof(string), text) ? [] : [(path, Expected.WordsFor(typeof(string)))],
        IDictionary map => map.Keys.Cast<object>()
            .SelectMany(key => Of(key, path).Concat(OfElement(map[key], $"{path}.{key}"))),
        IEnumerable list => list.Cast<object?>().SelectMany((element, index) => OfElement(element, $"{path}[{index}]")),
        _ when value.GetType() is { IsEnum: false } type && type.Assembly == typeof(BodyContents).Assembly =>
            type.GetProperties().Where(property => property.GetIndexParameters().Length == 0 && property.CanWrite)
                .SelectMany(property =>
                    Of(property.GetValue(value), Join(path, JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)))),
        _ => [],
    };

    private static IEnumerable<(string, string)> OfElement(object? element, string path) =>
        element is null ? [(path, "Leave it out: null is no value here.")] : Of(element, path);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
