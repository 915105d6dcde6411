using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Linking.Teams;

/// <summary>
/// What people change of teams: names, whether they are in use, and who and what belongs to them. The numbers follow at once. What is named
/// by an id of another organization is not there.
/// </summary>
public sealed class TeamChanges(VeelocityDb db, TimeProvider clock)
{
    /// <summary>A new team with nobody and nothing in it.</summary>
    public async Task<Guid> CreateAsync(Guid organizationId, string? name, Guid userId, CancellationToken cancellation)
    {
        var team = new Team { OrganizationId = organizationId, Name = "", CreatedAt = clock.GetUtcNow(), CreatedByUserId = userId };
        await ChangeAsync(organizationId, async () =>
        {
            team.Name = await AllowedAsync(team.Id, name, cancellation);
            db.Teams.Add(team);
            Note(team, "Made.");
        }, cancellation);
        return team.Id;
    }

    /// <summary>From now on the tracker's name does not change it. False when there is no such team, here as everywhere below.</summary>
    public Task<bool> RenameAsync(Guid organizationId, Guid teamId, string? name, CancellationToken cancellation) =>
        OfTeamAsync(organizationId, teamId, async team =>
        {
            var (before, allowed) = (team.Name, await AllowedAsync(teamId, name, cancellation));
            if (allowed == before) return;
            team.Rename(allowed, clock.GetUtcNow());
            Note(team, $"Renamed from {before}.");
        }, cancellation);

    public Task<bool> ArchiveAsync(Guid organizationId, Guid teamId, Guid userId, CancellationToken cancellation) =>
        OfTeamAsync(organizationId, teamId, team =>
        {
            if (team.ArchivedAt is not null) return Task.CompletedTask;
            team.Archive(userId, clock.GetUtcNow());
            Note(team, "Archived.");
            return Task.CompletedTask;
        }, cancellation);

    public Task<bool> RestoreAsync(Guid organizationId, Guid teamId, CancellationToken cancellation) =>
        OfTeamAsync(organizationId, teamId, async team =>
        {
            if (team is { ArchivedAt: not null, ArchivedByUserId: null, IssueTeamId: not null })
                throw new Refused("It is archived in the issue tracker. Take it up again there, and it follows with the next sync.", "archived_in_tracker");
            await AllowedAsync(teamId, team.Name, cancellation);
            if (team.ArchivedAt is not null) Note(team, "In use again.");
            team.Restore();
        }, cancellation);

    /// <summary>Stays through every sync.</summary>
    public Task<bool> AddMembersAsync(Guid organizationId, Guid teamId, IReadOnlyCollection<Guid> people, Guid userId, CancellationToken cancellation) =>
        OfTeamAsync(organizationId, teamId, team => AddMembersAsync(team, people, userId, cancellation), cancellation);

    /// <summary>The tracker does not bring them back.</summary>
    public Task<bool> RemoveMembersAsync(Guid organizationId, Guid teamId, IReadOnlyCollection<Guid> people, Guid userId, CancellationToken cancellation) =>
        OfTeamAsync(organizationId, teamId, async team =>
        {
            var members = await db.TeamMembers.Where(m => m.TeamId == team.Id && people.Contains(m.PersonId)).ToListAsync(cancellation);
            await RemoveAsync(team, members, userId, cancellation);
        }, cancellation);

    /// <summary>Exactly these people, whatever the tracker says of them.</summary>
    public Task<bool> SetMembersAsync(Guid organizationId, Guid teamId, IReadOnlyCollection<Guid> people, Guid userId, CancellationToken cancellation) =>
        OfTeamAsync(organizationId, teamId, async team =>
        {
            var others = await db.TeamMembers.Where(m => m.TeamId == team.Id && m.RemovedAt == null && !people.Contains(m.PersonId)).ToListAsync(cancellation);
            await RemoveAsync(team, others, userId, cancellation);
            var present = await db.TeamMembers.Where(m => m.TeamId == team.Id && m.RemovedAt == null).Select(m => m.PersonId).ToListAsync(cancellation);
            await AddMembersAsync(team, [.. people.Except(present)], userId, cancellation);
        }, cancellation);

    /// <summary>It owns each with all its services.</summary>
    public Task<bool> AddRepositoriesAsync(Guid organizationId, Guid teamId, IReadOnlyCollection<Guid> repositories, Guid userId, CancellationToken cancellation) =>
        OfTeamAsync(organizationId, teamId, team => AddRepositoriesAsync(team, repositories, userId, cancellation), cancellation);

    public Task<bool> RemoveRepositoryAsync(Guid organizationId, Guid teamId, Guid repositoryId, CancellationToken cancellation) =>
        OfTeamAsync(organizationId, teamId, team =>
            RemoveRepositoriesAsync(team, db.TeamRepositories.Where(r => r.TeamId == team.Id && r.RepositoryId == repositoryId), cancellation), cancellation);

    /// <summary>Exactly these.</summary>
    public Task<bool> SetRepositoriesAsync(Guid organizationId, Guid teamId, IReadOnlyCollection<Guid> repositories, Guid userId, CancellationToken cancellation) =>
        OfTeamAsync(organizationId, teamId, async team =>
        {
            await AddRepositoriesAsync(team, repositories, userId, cancellation);
            await RemoveRepositoriesAsync(team, db.TeamRepositories.Where(r => r.TeamId == team.Id && !repositories.Contains(r.RepositoryId)), cancellation);
        }, cancellation);

    /// <summary>It owns these, and not what else is in their repositories.</summary>
    public Task<bool> AddServicesAsync(Guid organizationId, Guid teamId, IReadOnlyCollection<Guid> services, Guid userId, CancellationToken cancellation) =>
        OfTeamAsync(organizationId, teamId, team => AddServicesAsync(team, services, userId, cancellation), cancellation);

    public Task<bool> RemoveServiceAsync(Guid organizationId, Guid teamId, Guid serviceId, CancellationToken cancellation) =>
        OfTeamAsync(organizationId, teamId, team =>
            RemoveServicesAsync(team, db.TeamServices.Where(s => s.TeamId == team.Id && s.ServiceId == serviceId), cancellation), cancellation);

    /// <summary>Exactly these.</summary>
    public Task<bool> SetServicesAsync(Guid organizationId, Guid teamId, IReadOnlyCollection<Guid> services, Guid userId, CancellationToken cancellation) =>
        OfTeamAsync(organizationId, teamId, async team =>
        {
            await AddServicesAsync(team, services, userId, cancellation);
            await RemoveServicesAsync(team, db.TeamServices.Where(s => s.TeamId == team.Id && !services.Contains(s.ServiceId)), cancellation);
        }, cancellation);

    /// <summary>Only one changes an organization's teams at a time.</summary>
    internal static Task AloneAsync(VeelocityDb db, Guid organizationId, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('teams ' || {organizationId}::text, 0))", cancellation);

    private async Task AddMembersAsync(Team team, IReadOnlyCollection<Guid> people, Guid userId, CancellationToken cancellation)
    {
        Known(people, await db.People.Where(p => people.Contains(p.Id)).Select(p => p.Id).ToListAsync(cancellation), "person");
        var known = await db.TeamMembers.Where(m => m.TeamId == team.Id && people.Contains(m.PersonId)).ToDictionaryAsync(m => m.PersonId, cancellation);
        var now = clock.GetUtcNow();
        var added = people.Where(id => known.GetValueOrDefault(id) is null or { RemovedAt: not null }).ToList();
        Note(team, "Added people", await NamesAsync(added, cancellation));
        foreach (var person in people.Distinct())
        {
            if (!known.TryGetValue(person, out var member))
                db.TeamMembers.Add(member = new TeamMember { TeamId = team.Id, PersonId = person, OrganizationId = team.OrganizationId, AddedAt = now });
            member.Add(userId, now);
        }
    }

    private async Task RemoveAsync(Team team, List<TeamMember> members, Guid userId, CancellationToken cancellation)
    {
        Note(team, "Took out people", await NamesAsync([.. members.Where(m => m.RemovedAt is null).Select(m => m.PersonId)], cancellation));
        // Without a tracker nobody would bring them back, and nothing has to be remembered.
        if (team.IssueTeamId is null) db.TeamMembers.RemoveRange(members);
        else members.ForEach(member => member.Remove(userId, clock.GetUtcNow()));
    }

    private async Task AddRepositoriesAsync(Team team, IReadOnlyCollection<Guid> repositories, Guid userId, CancellationToken cancellation)
    {
        Known(repositories, await db.Repositories.Where(r => repositories.Contains(r.Id)).Select(r => r.Id).ToListAsync(cancellation), "repository");
        var owned = await db.TeamRepositories.Where(r => r.TeamId == team.Id).Select(r => r.RepositoryId).ToListAsync(cancellation);
        List<Guid> added = [.. repositories.Distinct().Except(owned)];
        team.DecideOwnership(clock.GetUtcNow());
        Note(team, "Added repositories", await db.Repositories.Where(r => added.Contains(r.Id)).OrderBy(r => r.FullName).Select(r => r.FullName).ToListAsync(cancellation));
        db.TeamRepositories.AddRange(added.Select(id => new TeamRepository
        {
            TeamId = team.Id,
            RepositoryId = id,
            OrganizationId = team.OrganizationId,
            AddedAt = clock.GetUtcNow(),
            AddedByUserId = userId,
        }));
    }

    private async Task AddServicesAsync(Team team, IReadOnlyCollection<Guid> services, Guid userId, CancellationToken cancellation)
    {
        Known(services, await db.Services.Where(s => services.Contains(s.Id)).Select(s => s.Id).ToListAsync(cancellation), "service");
        var owned = await db.TeamServices.Where(s => s.TeamId == team.Id).Select(s => s.ServiceId).ToListAsync(cancellation);
        List<Guid> added = [.. services.Distinct().Except(owned)];
        team.DecideOwnership(clock.GetUtcNow());
        Note(team, "Added services", await db.Services.Where(s => added.Contains(s.Id)).OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(cancellation));
        db.TeamServices.AddRange(added.Select(id => new TeamService
        {
            TeamId = team.Id,
            ServiceId = id,
            OrganizationId = team.OrganizationId,
            AddedAt = clock.GetUtcNow(),
            AddedByUserId = userId,
        }));
    }

    private async Task RemoveRepositoriesAsync(Team team, IQueryable<TeamRepository> owned, CancellationToken cancellation)
    {
        var names = await owned.Join(db.Repositories, o => o.RepositoryId, r => r.Id, (_, r) => r.FullName).OrderBy(n => n).ToListAsync(cancellation);
        Note(team, "Took away repositories", names);
        team.DecideOwnership(clock.GetUtcNow());
        await owned.ExecuteDeleteAsync(cancellation);
    }

    private async Task RemoveServicesAsync(Team team, IQueryable<TeamService> owned, CancellationToken cancellation)
    {
        var names = await owned.Join(db.Services, o => o.ServiceId, s => s.Id, (_, s) => s.Name).OrderBy(n => n).ToListAsync(cancellation);
        Note(team, "Took away services", names);
        team.DecideOwnership(clock.GetUtcNow());
        await owned.ExecuteDeleteAsync(cancellation);
    }

    private Task<List<string>> NamesAsync(List<Guid> people, CancellationToken cancellation) =>
        db.People.Where(p => people.Contains(p.Id)).OrderBy(p => p.Name).Select(p => p.Name).ToListAsync(cancellation);

    private void Note(Team team, string what, List<string> names)
    {
        if (names.Count > 0) Note(team, $"{what}: {AuditDetail.List(names)}.");
    }

    private void Note(Team team, string what) => db.Audit(team.OrganizationId, AuditAction.TeamChanged, team.Name, what, clock.GetUtcNow(), team.Id);

    private static void Known(IReadOnlyCollection<Guid> asked, List<Guid> found, string what)
    {
        if (asked.Except(found).Select(id => (Guid?)id).FirstOrDefault() is { } unknown)
            throw new Refused($"There is no {what} {unknown} in this organization.", "unknown_" + what, StatusCodes.Status404NotFound);
    }

    private async Task<bool> OfTeamAsync(Guid organizationId, Guid teamId, Func<Team, Task> change, CancellationToken cancellation)
    {
        var isFound = false;
        await ChangeAsync(organizationId, async () =>
        {
            if (await db.Teams.SingleOrDefaultAsync(t => t.Id == teamId, cancellation) is not { } team) return;
            isFound = true;
            await change(team);
        }, cancellation);
        return isFound;
    }

    private async Task ChangeAsync(Guid organizationId, Func<Task> change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await AloneAsync(db, organizationId, cancellation);
        await change();
        await db.SaveChangesAsync(cancellation);
        await db.Organizations.Where(o => o.Id == organizationId)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.DataVersion, o => o.DataVersion + 1), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<string> AllowedAsync(Guid teamId, string? name, CancellationToken cancellation)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name)) throw Wrong("Give the team a name.", "name_missing");
        if (name.Length > Team.LongestName) throw Wrong($"A name can be {Team.LongestName} characters long at most.", "name_too_long");
        var taken = await db.Teams.Where(t => t.Id != teamId && t.ArchivedAt == null).Select(t => t.Name).ToListAsync(cancellation);
        return taken.Contains(name, StringComparer.OrdinalIgnoreCase) ? throw Wrong("Another team has this name. Give it one of its own.", "name_taken") : name;
    }

    private static Refused Wrong(string message, string code) => new(message, code) { Field = nameof(Team.Name) };
}
