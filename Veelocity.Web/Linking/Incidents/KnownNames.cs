using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Incidents;

/// <summary>What an incident's text can name: services, repositories and environments of the organization.</summary>
/// <param name="Services">With the full name of their repository.</param>
/// <param name="Repositories">Full names of all, also of those that no service covers.</param>
/// <param name="Environments">Those that are not production.</param>
internal sealed partial record KnownNames(
    IReadOnlyList<(Guid Id, string Name, string Repository)> Services, IReadOnlyList<string> Repositories,
        IReadOnlyList<string> Environments)
{
    public static readonly KnownNames None = new([], [], []);

    private readonly HashSet<string> _owners = Repositories.Select(OwnerOf).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public static async Task<KnownNames> ReadAsync(VeelocityDb db, CancellationToken cancellation)
    {
        var services = await (
            from s in db.Services
            join r in db.Repositories on s.RepositoryId equals r.Id
            where r.LeftAt == null
            select new { s.Id, s.Name, r.FullName }).ToListAsync(cancellation);
        var repositories = await db.Repositories.Select(r => r.FullName).ToListAsync(cancellation);
        var environments = await db.Deployments.GroupBy(d => d.Environment)
            .Where(same => same.All(d => !d.IsProduction)).Select(same => same.Key).ToListAsync(cancellation);
        return new KnownNames(services.ConvertAll(s => (s.Id, s.Name, s.FullName)), repositories, environments);
    }

    /// <summary>
    /// The service that the first text with any name says, if it names exactly one: two names may be a question, and
    /// blame on the wrong one is
    /// worse than none. <c>NamesOther</c>: only repositories that no service covers are named (M22).
    /// </summary>
    public (Guid? ServiceId, bool NamesOther) ServiceIn(IEnumerable<string> texts)
    {
        var namesOther = false;
        foreach (var text in texts)
        {
            var (covered, others, rest) = RepositoriesIn(text);
            namesOther |= others;
            var named = Services.Where(s => s.Name.Length > 2 && IsNamed(rest, s.Name)).Select(s => s.Id)
                .Concat(covered.Select(ServiceOf).OfType<Guid>()).Distinct().Take(2).ToList();
            if (named.Count == 1) return (named[0], false);
        }
        return (null, namesOther);
    }

    /// <summary>An environment besides production that a label names, such as <c>env=staging</c>.</summary>
    public string? EnvironmentIn(IEnumerable<string> texts)
    {
        foreach (var text in texts)
            foreach (Match label in EnvironmentLabel().Matches(text))
            {
                var name = label.Groups["name"].Value;
                if (Environments.FirstOrDefault(e => e.Equals(name,
                    StringComparison.OrdinalIgnoreCase)) is { } known) return known;
                if (NotProduction().IsMatch(name)) return name;
            }
        return null;
    }

    // What names a repository that no service covers doesn't name a service with the same last word.
    private (List<string> Covered, bool Others, string OwnText) RepositoriesIn(string text)
    {
        var (covered, others) = (new List<string>(), false);
        var rest = FullName().Replace(text, found =>
        {
            var name = $"{found.Groups["owner"].Value}/{found.Groups["name"].Value.TrimEnd('.', '-')}";
            if (name.EndsWith(".git", StringComparison.OrdinalIgnoreCase)) name = name[..^4];
            if (!_owners.Contains(OwnerOf(name))) return found.Value;
            return Note(name) ? found.Value : " ";
        });
        foreach (Match label in RepositoryLabel().Matches(rest)) _ = Note(label.Groups["name"].Value);
        return (covered, others, rest);

        bool Note(string name)
        {
            var isCovered = Services.Any(s => IsOf(s.Repository, name));
            if (isCovered) covered.Add(name);
            others |= !isCovered;
            return isCovered;
        }
    }

    private Guid? ServiceOf(string repository) =>
        Services.Where(s => IsOf(s.Repository, repository)).Take(2).ToList() is [var only] ? only.Id : null;

    private static bool IsOf(string repository, string name) =>
        repository.Equals(name, StringComparison.OrdinalIgnoreCase)
        || (!name.Contains('/') && repository.EndsWith("/" + name, StringComparison.OrdinalIgnoreCase));

    private static string OwnerOf(string fullName) => fullName.Split('/')[0];

    private static bool IsNamed(string text, string name)
    {
        for (var at = 0; (at = text.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + name.Length;
            if ((at == 0 || !IsOfName(text[at - 1])) && (end == text.Length || !IsOfName(text[end]))) return true;
        }
        return false;

        static bool IsOfName(char letter) => char.IsLetterOrDigit(letter) || letter is '-' or '_';
    }

    [GeneratedRegex(@"(?<![\w.-])(?<owner>[A-Za-z0-9][\w-]*)/(?<name>[\w.-]*\w)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex FullName();

    [GeneratedRegex(@"\brepo(sitory)?\s*[:=]\s*[""'`]?(?<name>[\w-][\w./-]*\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex RepositoryLabel();

    [GeneratedRegex(@"\b(env|environment|stage)\s*[:=]\s*[""'`]?(?<name>[\w-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex EnvironmentLabel();

    [GeneratedRegex("^(staging|stage|dev|development|test|testing|qa|uat|sandbox|preview|non-?prod(uction)?|pre-?prod(uction)?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NotProduction();
}
