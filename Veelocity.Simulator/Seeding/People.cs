using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>A person who writes code, and when the person's day is.</summary>
internal sealed record Developer(Account Account, double UtcOffsetHours)
{
    /// <summary>The moment itself if the person works then, else the next morning of a working day.</summary>
    public DateTimeOffset AtWork(DateTimeOffset at, Dice dice)
    {
        var local = at.ToOffset(TimeSpan.FromHours(UtcOffsetHours));
        if (dice.Chance(0.04))
            return at;
        var isWorkingDay = local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        if (isWorkingDay && local.Hour is >= 9 and < 18)
            return at;
        var morning = new DateTimeOffset(local.Date.AddHours(9), local.Offset) + dice.Minutes(0, 100);
        if (!isWorkingDay || local.Hour >= 18)
            morning = morning.AddDays(1);
        while (morning.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            morning = morning.AddDays(1);
        return morning.ToUniversalTime();
    }

    public GitPerson Signs(DateTimeOffset at) => new(Account.Name ?? Account.Login, Account.Email!, at, Account);
}

/// <summary>The organization's people and bots.</summary>
internal sealed class People
{
    private static readonly (string Name, double Offset)[] Names =
    [
        ("Maya Lindqvist", 1), ("Tomás Herrera", -5), ("Priya Raman", 5.5), ("Jonas Weber", 1), ("Aisha Bello", 1), ("Kenji Nakamura", 9), ("Sofia Rossi", 1),
        ("Liam O'Connor", 0), ("Elena Popescu", 2), ("Noah Kim", -8), ("Fatima Zahra", 0), ("Oskar Nowak", 1), ("Grace Mwangi", 3), ("Lucas Martin", 1),
        ("Hannah Fischer", 1), ("Diego Alvarez", -3), ("Yuki Tanaka", 9), ("Emma Johansson", 1), ("Arjun Mehta", 5.5), ("Chloé Dubois", 1), ("Samuel Osei", 0),
        ("Ingrid Hansen", 1), ("Marek Novák", 1), ("Olivia Brown", -5), ("Ravi Shankar", 5.5),
    ];

    public People(World world, Dice dice)
    {
        Organization = world.Add(new Account(world.NextId(), "acme", AccountKind.Organization) { Name = "Acme", CreatedAt = world.Now.AddYears(-4) });
        foreach (var (name, offset) in Names)
            Developers.Add(new Developer(Human(world, dice, name), offset));
        Gone = new Developer(new Account(world.NextId(), "left-the-building", AccountKind.User) { Name = "Former Colleague", Email = "former.colleague@acme.example", CreatedAt = world.Now.AddYears(-3) }, 1);
        Dependabot = Bot(world, "dependabot", 49699333);
        Renovate = Bot(world, "renovate", 29139614);
        Agent = Bot(world, "copilot-swe-agent", 198982749);
        ReviewBot = Bot(world, "coderabbitai", 136622811);
        Actions = Bot(world, "github-actions", 41898282);
        WebFlow = world.Add(new Account(19864447, "web-flow", AccountKind.User) { Name = "GitHub", Email = "noreply@github.com", CreatedAt = world.Now.AddYears(-9) });
        Organization.Members.AddRange(Developers.Select(developer => developer.Account));
        foreach (var (slug, from) in new[] { ("storefront", 0), ("payments", 8), ("platform", 16) })
        {
            var team = world.Register(new Team(world.NextId(), slug, char.ToUpperInvariant(slug[0]) + slug[1..]));
            team.Members.AddRange(Developers.Skip(from).Take(9).Select(developer => developer.Account));
            Organization.Teams.Add(team);
        }
    }

    public Account Organization { get; }
    public List<Developer> Developers { get; } = [];
    public Account Dependabot { get; }
    public Account Renovate { get; }
    public Account Agent { get; }
    public Account ReviewBot { get; }
    public Account Actions { get; }
    public Account WebFlow { get; }

    /// <summary>Someone whose account was deleted: commits remain, pull requests have no author.</summary>
    public Developer Gone { get; }

    /// <summary>Now and then the one who was drawn, otherwise someone of the repository's team: most of its work is theirs.</summary>
    public Developer InTeamOf(string repository, Developer drawn)
    {
        const int size = 9;
        var first = IssueNames.KeyOf(repository) switch { "PAY" => 8, "MOB" => 16, _ => 0 };
        var place = Developers.IndexOf(drawn);
        return place % 12 == 5 ? drawn : Developers[first + (place % size)];
    }

    private static Account Human(World world, Dice dice, string name)
    {
        var plain = new string([.. name.Normalize(System.Text.NormalizationForm.FormD).Where(letter => char.IsAsciiLetter(letter) || letter == ' ')]).ToLowerInvariant();
        var id = world.NextId();
        var login = plain.Replace(' ', '-');
        var email = dice.Chance(0.25) ? $"{id}+{login}@users.noreply.github.com" : $"{plain.Replace(' ', '.')}@acme.example";
        return world.Add(new Account(id, login, AccountKind.User) { Name = name, Email = email, CreatedAt = world.Now.AddYears(-3) });
    }

    private static Account Bot(World world, string login, long id) => world.Add(new Account(id, login, AccountKind.Bot)
    {
        Name = login + "[bot]",
        Email = $"{id}+{login}[bot]@users.noreply.github.com",
        CreatedAt = world.Now.AddYears(-6),
    });
}
