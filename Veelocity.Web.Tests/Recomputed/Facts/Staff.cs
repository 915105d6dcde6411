using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>The people of a world with their accounts, and the machines that write and review beside them.</summary>
internal sealed class Staff
{
    private static readonly string[] Names = ["Ada", "Ben", "Cyd", "Dan", "Eve", "Fay", "Gil"];

    private readonly World world;

    public Staff(World world)
    {
        this.world = world;
        foreach (var name in Names)
        {
            var person = new Person { Id = Guid.CreateVersion7(), OrganizationId = world.OrganizationId, Name = name };
            world.People.Add(person);
            People.Add(Add("github", name.ToUpperInvariant() + "-gh", name, AccountKind.Human, person));
            if (name != "Gil") OnLinear.Add(Add("linear", name.ToUpperInvariant() + "-li", name, AccountKind.Human, person));
        }
        Bot = Add("github", "dependabot", null, AccountKind.Bot, null);
        Robot = Add("github", "acme-ci", null, AccountKind.Human, null);
        Agent = Add("github", "copilot-swe-agent", null, AccountKind.Bot, null);
    }

    /// <summary>At GitHub.</summary>
    public List<Account> People { get; } = [];

    public List<Account> OnLinear { get; } = [];

    public Account Bot { get; }

    /// <summary>A user at GitHub, a machine by its name.</summary>
    public Account Robot { get; }

    public Account Agent { get; }

    /// <summary>Who writes a pull request: mostly people; null for someone whose account was deleted.</summary>
    public Guid? Author(Dice dice) => dice.Below(20) switch
    {
        0 => Bot.Id,
        1 => Robot.Id,
        2 => Agent.Id,
        3 => null,
        _ => dice.Pick(People).Id,
    };

    private Account Add(string provider, string externalId, string? name, AccountKind kind, Person? person)
    {
        var account = new Account
        {
            Id = Account.IdOf(world.OrganizationId, provider, externalId),
            OrganizationId = world.OrganizationId,
            Provider = provider,
            ExternalId = externalId,
            Login = name?.ToLowerInvariant() ?? externalId,
            Name = name,
            Kind = kind,
        };
        if (person is not null) account.DecidePerson(person.Id, world.MemberId, world.Now.AddYears(-1));
        world.Accounts.Add(account);
        return account;
    }
}
