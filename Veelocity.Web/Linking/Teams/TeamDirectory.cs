using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Teams;

/// <summary>Reads an organization's teams: which there are, and who and what belongs to one.</summary>
public sealed class TeamDirectory(VeelocityDb db)
{
    /// <param name="Tracker">The kind of connection that it comes from, such as linear; null for one made by hand.</param>
    /// <param name="TrackerKey">How the tracker's identifiers of its issues start.</param>
    /// <param name="Services">Those that it owns one by one, apart from those of its repositories.</param>
    public sealed record Item(
        Guid Id, string Name, string? Tracker, string? TrackerKey, DateTimeOffset? ArchivedAt, int Members, int Repositories, int Services);

    /// <param name="IsByHand">Someone put them in; else the tracker did.</param>
    public sealed record Member(Guid PersonId, string Name, bool IsByHand, DateTimeOffset AddedAt);

    /// <param name="IsAutomatic">Its people wrote most of it; nobody had to say so.</param>
    public sealed record OwnedRepository(Guid Id, string FullName, int Services, bool IsAutomatic);

    public sealed record OwnedPart(Guid Id, string Name, Guid RepositoryId, string Repository);

    /// <param name="TakenOut">Whom someone took out, so that the tracker does not bring them back.</param>
    public sealed record Details(
        Item Team, IReadOnlyList<Member> Members, IReadOnlyList<Member> TakenOut, IReadOnlyList<OwnedRepository> Repositories,
        IReadOnlyList<OwnedPart> Services);

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<Item>> ListAsync(bool archived, CancellationToken cancellation) =>
        await Items(db.Teams.Where(t => (t.ArchivedAt != null) == archived)).ToListAsync(cancellation);

    /// <summary>Null when there is no such team.</summary>
    public async Task<Details?> FindAsync(Guid id, CancellationToken cancellation)
    {
        if (await Items(db.Teams.Where(t => t.Id == id)).SingleOrDefaultAsync(cancellation) is not { } team) return null;
        var members = await db.TeamMembers.Where(m => m.TeamId == id)
            .Join(db.People, m => m.PersonId, p => p.Id, (m, p) => new { Member = new Member(p.Id, p.Name, m.DecidedAt != null, m.AddedAt), m.RemovedAt })
            .ToListAsync(cancellation);
        var inOrder = members.OrderBy(m => m.Member.Name, StringComparer.OrdinalIgnoreCase).ThenBy(m => m.Member.PersonId).ToLookup(m => m.RemovedAt is null, m => m.Member);
        var repositories = await db.TeamRepositories.Where(r => r.TeamId == id)
            .Join(db.Repositories, o => o.RepositoryId, r => r.Id, (o, r) => new { r.Id, r.FullName, IsAutomatic = o.AddedByUserId == null })
            .OrderBy(r => r.FullName)
            .Select(r => new OwnedRepository(r.Id, r.FullName, db.Services.Count(s => s.RepositoryId == r.Id), r.IsAutomatic)).ToListAsync(cancellation);
        var services = await db.TeamServices.Where(s => s.TeamId == id)
            .Join(db.Services, o => o.ServiceId, s => s.Id, (o, s) => s)
            .Join(db.Repositories, s => s.RepositoryId, r => r.Id, (s, r) => new { s, r })
            .OrderBy(x => x.r.FullName).ThenBy(x => x.s.Name)
            .Select(x => new OwnedPart(x.s.Id, x.s.Name, x.r.Id, x.r.FullName)).ToListAsync(cancellation);
        return new Details(team, [.. inOrder[true]], [.. inOrder[false]], repositories, services);
    }

    private IQueryable<Item> Items(IQueryable<Team> teams) =>
        from t in teams.AsNoTracking()
        join i in db.IssueTeams on t.IssueTeamId equals i.Id into tracked
        from i in tracked.DefaultIfEmpty()
        orderby t.Name, t.Id
        select new Item(
            t.Id, t.Name, db.Connections.Where(c => c.Id == i.ConnectionId).Select(c => c.Kind).FirstOrDefault(), i.Key, t.ArchivedAt,
            db.TeamMembers.Count(m => m.TeamId == t.Id && m.RemovedAt == null), db.TeamRepositories.Count(r => r.TeamId == t.Id),
            db.TeamServices.Count(s => s.TeamId == t.Id));
}
