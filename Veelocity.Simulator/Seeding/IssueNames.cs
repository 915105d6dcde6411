using System.Globalization;

namespace Veelocity.Simulator.Seeding;

/// <summary>The issues that pull requests name: numbers grow as time passes, and now and then a name comes again, for work that takes several pull requests.</summary>
internal sealed class IssueNames
{
    private const int MostRecent = 4;
    private readonly Dictionary<string, List<int>> _recent = new(StringComparer.Ordinal);

    /// <summary>The team that a repository's work belongs to.</summary>
    public static string KeyOf(string repository) => repository switch
    {
        "mobile-apps" => "MOB",
        "payments-api" or "legacy-admin" => "PAY",
        _ => "ENG",
    };

    /// <summary>A name; one that was given lately for a sixth of all draws.</summary>
    public string Next(string repository, int draw)
    {
        var key = KeyOf(repository);
        if (!_recent.TryGetValue(key, out var recent)) _recent[key] = recent = [];
        if (draw % 6 == 0 && recent.Count > 0) return Name(key, recent[draw % recent.Count]);
        recent.Add(recent.Count == 0 ? 1 : recent[^1] + 1);
        if (recent.Count > MostRecent) recent.RemoveAt(0);
        return Name(key, recent[^1]);
    }

    /// <summary>The issue before that one, for a pull request that is work on both; null for the first.</summary>
    public static string? Before(string name) => name.Split('-') is [var key, var text] && int.Parse(text, CultureInfo.InvariantCulture) is > 1 and var number ? Name(key, number - 1) : null;

    private static string Name(string key, int number) => string.Create(CultureInfo.InvariantCulture, $"{key}-{number}");
}
