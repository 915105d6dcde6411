using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Veelocity.Web.Data;

/// <summary>Says what changed in the words of the audit log: <c>Time zone: UTC → Europe/Paris.</c> Null when nothing did.</summary>
public static class AuditDetail
{
    private const int MostNames = 20, LongestValue = 300;

    public static string? Of(params IEnumerable<(string What, object? Before, object? After)> changes)
    {
        var sentences = changes.Select(change => Sentence(change.What, change.Before, change.After)).OfType<string>().ToList();
        return sentences.Count == 0 ? null : string.Join(' ', sentences);
    }

    /// <summary>What is different between two sets of rules, property by property.</summary>
    public static string? Between<T>(T before, T after) where T : notnull =>
        Of(typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).Select(p => (Words(p.Name), p.GetValue(before), p.GetValue(after))));

    /// <summary>What is about to be saved of a row; not for rows that hold secrets.</summary>
    public static string? OfChanged(EntityEntry row, params IReadOnlyCollection<string> except)
    {
        row.DetectChanges();
        return Of(row.Properties.Where(p => p.IsModified && !except.Contains(p.Metadata.Name)).Select(p => (Words(p.Metadata.Name), p.OriginalValue, p.CurrentValue)));
    }

    public static string Word(Enum value) => Words(value.ToString());

    /// <summary>Names in a row; of very many, how many more.</summary>
    public static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MostNames} more") : "");

    private static string? Sentence(string what, object? before, object? after)
    {
        if (before is (not IEnumerable) or string && after is (not IEnumerable) or string)
        {
            var (old, now) = (Text(before), Text(after));
            return old == now ? null : $"{what}: {old} → {now}.";
        }
        var (olds, news) = (Texts(before), Texts(after));
        if (olds.SequenceEqual(news, StringComparer.Ordinal)) return null;
        var (gone, come) = (olds.Except(news, StringComparer.Ordinal).ToList(), news.Except(olds, StringComparer.Ordinal).ToList());
        string?[] parts = [come.Count > 0 ? $"added {List(come)}" : null, gone.Count > 0 ? $"removed {List(gone)}" : null];
        return $"{what}: {(come.Count + gone.Count == 0 ? "another order" : string.Join("; ", parts.OfType<string>()))}.";
    }

    private static List<string> Texts(object? values) => values is IEnumerable all ? [.. all.Cast<object?>().Select(Text)] : [];

    private static string Text(object? value) => value switch
    {
        null or "" => "none",
        string text => text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…"),
        bool yes => yes ? "yes" : "no",
        Enum one => Word(one),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "none",
    };

    private static string Words(string name)
    {
        var words = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0) words.Append(' ').Append(char.ToLowerInvariant(letter));
            else words.Append(letter);
        }
        return words.ToString();
    }
}
