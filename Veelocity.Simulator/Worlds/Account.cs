namespace Veelocity.Simulator.Worlds;

/// <summary>What kind of account something is; the names are GitHub's own.</summary>
public enum AccountKind
{
    /// <summary>A person, or a program using a person's account.</summary>
    User,

    /// <summary>An app's account: GraphQL gives its login bare, REST with <c>[bot]</c>.</summary>
    Bot,

    /// <summary>An organization.</summary>
    Organization,

    /// <summary>A person imported from elsewhere.</summary>
    Mannequin,
}

/// <summary>A user, bot, organization or imported account.</summary>
public sealed class Account(long id, string login, AccountKind kind) : INode
{
    /// <summary>The number that survives renames.</summary>
    public long Id { get; } = id;

    /// <summary>The name as GraphQL gives it: never with <c>[bot]</c>.</summary>
    public string Login { get; } = login;

    /// <summary>What kind of account this is.</summary>
    public AccountKind Kind { get; } = kind;

    /// <summary>The display name.</summary>
    public string? Name { get; set; }

    /// <summary>The email that commits carry; not shown on the profile.</summary>
    public string? Email { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The people of an organization.</summary>
    public List<Account> Members { get; } = [];

    /// <summary>The teams of an organization.</summary>
    public List<Team> Teams { get; } = [];

    /// <summary>The name as REST gives it.</summary>
    public string RestLogin => Kind == AccountKind.Bot ? Login + "[bot]" : Login;

    /// <inheritdoc />
    public string NodeId => NodeIds.Of(Kind switch { AccountKind.Bot => "BOT", AccountKind.Organization => "O", AccountKind.Mannequin => "M", _ => "U" }, Id);
}

/// <summary>A team of an organization, which can be asked for a review.</summary>
public sealed class Team(long id, string slug, string name) : INode
{
    /// <summary>The number.</summary>
    public long Id { get; } = id;

    /// <summary>The name in addresses.</summary>
    public string Slug { get; } = slug;

    /// <summary>The name people read.</summary>
    public string Name { get; } = name;

    /// <summary>The team above, if any.</summary>
    public Team? Parent { get; set; }

    /// <summary>Who is in it.</summary>
    public List<Account> Members { get; } = [];

    /// <inheritdoc />
    public string NodeId => NodeIds.Of("T", Id);
}
