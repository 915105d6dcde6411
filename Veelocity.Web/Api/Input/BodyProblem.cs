using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Veelocity.Web.Api.Input;

/// <summary>What is wrong with a field of a body that is JSON, but not that of its operation.</summary>
internal static partial class BodyProblem
{
    /// <summary>The field and what was expected of it; null when the body as a whole is wrong.</summary>
    /// <param name="path">As System.Text.Json writes it: <c>$.rules[0].name</c>.</param>
    public static (string Field, string Problem)? Of(Type body, string path)
    {
        var (type, fields) = (body, new List<string>());
        foreach (Match step in Step().Matches(path))
        {
            type = Expected.Bare(type);
            if (step.Groups["index"].Success)
            {
                if (Expected.ElementOf(type) is { } element) type = element;
                if (fields.Count > 0) fields[^1] += step.Value;
                continue;
            }
            var name = step.Groups["name"].Success ? step.Groups["name"].Value : step.Groups["quoted"].Value;
            fields.Add(name);
            if (Expected.MapOf(type) is { } values) type = values;
            else if (PropertyOf(type, name) is { } property) type = property.PropertyType;
            else return (string.Join('.', fields), $"Unknown field. Use {string.Join(", ", NamesOf(type))}.");
        }
        return fields.Count == 0 ? null : (string.Join('.', fields), Expected.WordsFor(type));
    }

    private static PropertyInfo? PropertyOf(Type type, string name) =>
        type.GetProperties().FirstOrDefault(property => NameOf(property).Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> NamesOf(Type type) => type.GetProperties().Where(p => p.CanWrite).Select(NameOf);

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    [GeneratedRegex(
        @"\.(?<name>[^.\[]+)|\[(?<index>\d+)\]|\['(?<quoted>[^']*)'\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Step();
}
