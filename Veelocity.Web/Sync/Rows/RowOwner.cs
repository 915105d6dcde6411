using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync.Rows;

/// <summary>Whose rows these are, and what they have in common: repositories and accounts, each worked out once.</summary>
internal sealed class RowOwner(Guid organizationId, Guid connectionId, string provider)
{
    private readonly Dictionary<string, Guid> repositories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Actor Actor, Guid Id)> actors = new(StringComparer.Ordinal);

    public Guid OrganizationId => organizationId;

    public Guid ConnectionId => connectionId;

    public string Provider => provider;

    public Dictionary<Guid, Account> Accounts { get; } = [];

    /// <summary>Repositories that the facts are about.</summary>
    public IReadOnlyCollection<Guid> Touched => repositories.Values;

    public Guid RepositoryOf(string externalId)
    {
        if (!repositories.TryGetValue(externalId, out var id)) repositories[externalId] = id = Repository.IdOf(organizationId, externalId);
        return id;
    }

    public Guid? AccountOf(Actor? actor)
    {
        if (actor is null) return null;
        if (actors.TryGetValue(actor.ExternalId, out var seen) && seen.Actor == actor) return seen.Id;
        var id = Account.IdOf(organizationId, provider, actor.ExternalId);
        var known = Accounts.GetValueOrDefault(id);
        actors[actor.ExternalId] = (actor, id);
        Accounts[id] = new Account
        {
            Id = id,
            OrganizationId = organizationId,
            Provider = provider,
            ExternalId = actor.ExternalId,
            Login = actor.Login,
            Name = actor.Name ?? known?.Name,
            Email = actor.Email ?? known?.Email,
            GitHubUserId = actor.GitHubUserId ?? known?.GitHubUserId,
            Kind = actor.Kind switch
            {
                ActorKind.Bot => AccountKind.Bot,
                ActorKind.Mannequin => AccountKind.Mannequin,
                _ => AccountKind.Human,
            },
        };
        return id;
    }
}
