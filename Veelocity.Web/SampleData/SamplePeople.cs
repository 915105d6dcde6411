using System.Globalization;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.SampleData;

/// <summary>Who works in the sample: three teams with the same people at GitHub, Linear and Slack, tied together by their GitHub accounts.</summary>
internal static class SamplePeople
{
    private static readonly string[] Names =
    [
        "Amara Osei", "Benedikt Vogel", "Carla Mendes", "Daniel Kovač", "Elif Aydın", "Farid Rahimi", "Greta Lindqvist", "Hugo Marchetti",
        "Ines Carvalho", "Jakub Nowak", "Keiko Tanaka", "Leon Haugen", "Mira Patel", "Nadia Petrova",
    ];

    public static readonly IReadOnlyList<SampleTeam> Teams =
    [
        new("SHOP", "Storefront", 0, 5),
        new("PAY", "Payments", 5, 5),
        new("MOB", "Mobile", 10, 4),
    ];

    public static readonly Actor Dependabot = new("sample-bot-1", "dependabot", null, null, ActorKind.Bot);
    public static readonly Actor Agent = new("sample-bot-2", "copilot-swe-agent", null, null, ActorKind.Bot);

    public static IEnumerable<Actor> AtGitHub => Names.Select((_, i) => AtGitHubOf(i));

    public static IEnumerable<Actor> AtLinear => Names.Select((_, i) => Of("linear", i));

    public static IEnumerable<Actor> AtSlack => Names.Select((_, i) => Of("U", i));

    public static Actor AtGitHubOf(int person) => Of("github", person);

    public static string LinearIdOf(int person) => Of("linear", person).ExternalId;

    public static string SlackIdOf(int person) => Of("U", person).ExternalId;

    private static Actor Of(string provider, int person)
    {
        var login = string.Concat(Names[person].Normalize(System.Text.NormalizationForm.FormD).Where(char.IsAscii)).ToLowerInvariant().Replace(' ', '-');
        return new Actor(string.Create(CultureInfo.InvariantCulture, $"sample-{provider}-{person}"), login, Names[person], $"{login.Replace('-', '.')}@harbor.example", ActorKind.Human)
        {
            GitHubUserId = string.Create(CultureInfo.InvariantCulture, $"sample-github-{person}"),
        };
    }
}

/// <summary>A team of the sample.</summary>
/// <param name="First">The number of its first person; the others follow.</param>
internal sealed record SampleTeam(string Key, string Name, int First, int Size)
{
    public string ExternalId => $"sample-team-{Key}";

    public IReadOnlyList<int> Members => [.. Enumerable.Range(First, Size)];
}
