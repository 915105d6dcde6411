using Veelocity.Web.Data;
using Veelocity.Web.Tests.Recomputed.Facts;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>The scopes that a world can be asked about, and how each is cut into parts.</summary>
internal static class Scopes
{
    public static readonly string NoTeam = Guid.Empty.ToString();

    public static IEnumerable<Scope> Of(World world) =>
    [
        new(""),
        .. world.Repositories.Select(r => new Scope($"repo_id={r.Id}", ServicesIn(world, r.Id))),
        .. world.Services.Select(s => new Scope($"service_id={s.Id}", [s])),
        .. TeamsOf(world).Select(part => part.Scope),
        new("environment=staging") { Environment = "staging" },
        new("clock=working") { Clock = new(world.Zone) },
        new("environment=production"), // what is asked about anyway
        new("environment=production-eu") { Environment = "production-eu" },
        new($"environment=staging&repo_id={world.Repositories[0].Id}", ServicesIn(world, world.Repositories[0].Id)) { Environment = "staging" },
    ];

    public static IEnumerable<ScopePart> ByRepository(World world, Scope scope) => world.Repositories.Select(r => new ScopePart(
        r.Id.ToString(), r.FullName, scope with { Services = [.. ServicesIn(world, r.Id).Where(s => scope.Holds(s))], WithUnknown = false }));

    public static IEnumerable<ScopePart> ByService(World world, Scope scope) =>
        world.Services.Where(s => scope.Holds(s)).Select(s => new ScopePart(s.Id.ToString(), s.Name, scope with { Services = [s], WithUnknown = false }))
            .Append(new(Guid.Empty.ToString(), "No service", scope with { Services = [], WithUnknown = scope.Holds((Service?)null) }));

    public static IEnumerable<ScopePart> ByTeam(World world, Scope scope) => TeamsOf(world).Select(part => part with
    {
        Scope = scope with
        {
            Services = [.. part.Scope.Services!.Where(s => scope.Holds(s))],
            WithUnknown = part.Scope.WithUnknown && scope.Holds((Service?)null),
        },
    });

    /// <summary>Teams in use, and at last what none of them owns.</summary>
    private static List<ScopePart> TeamsOf(World world)
    {
        var teams = world.Teams.Where(t => t.ArchivedAt is null).Select(t => new ScopePart(t.Id.ToString(), t.Name, new($"team_id={t.Id}", [.. world.Services.Where(s =>
            world.OwnedRepositories.Exists(o => o.TeamId == t.Id && o.RepositoryId == s.RepositoryId)
            || world.OwnedServices.Exists(o => o.TeamId == t.Id && o.ServiceId == s.Id))]))).ToList();
        var free = world.Services.Where(s => !teams.Exists(t => t.Scope.Holds(s))).ToList();
        return [.. teams, new(NoTeam, "No team", new($"team_id={NoTeam}", free) { WithUnknown = true })];
    }

    private static List<Service> ServicesIn(World world, Guid repositoryId) => world.Services.FindAll(s => s.RepositoryId == repositoryId);
}
