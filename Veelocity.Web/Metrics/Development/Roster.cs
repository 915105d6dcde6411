using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Metrics.Development;

/// <summary>Who works in an organization and where, and what members decided: what turns rows into people's work.</summary>
internal sealed class Roster(
    IReadOnlyDictionary<Guid, Roster.Who> accounts, IReadOnlyDictionary<Guid, string> repositories, IReadOnlyDictionary<Guid, DecisionVerdict> decisions)
{
    public sealed record Who(Guid? PersonId, bool IsBot, bool IsAgent);

    private static readonly Who Unknown = new(null, IsBot: false, IsAgent: false);

    /// <summary>Names of the repositories that count, by id.</summary>
    public IReadOnlyDictionary<Guid, string> Repositories => repositories;

    public Who Of(Guid? account) => account is { } id && accounts.TryGetValue(id, out var who) ? who : Unknown;

    public Guid[] AccountsOf(Guid personId) => [.. accounts.Where(account => account.Value.PersonId == personId).Select(account => account.Key)];

    /// <summary>People who are not bots with all their accounts.</summary>
    public IEnumerable<Guid> HumanAccounts => accounts.Where(account => !account.Value.IsBot).Select(account => account.Key);

    /// <summary>
    /// Why a pull request doesn't count in the cohort (M29); null when it does. What a member decided about it goes before the rules on bots,
    /// and never moves it to another cohort.
    /// </summary>
    public WorkReason? WhyNot(Guid pullRequest, Who author, Cohort cohort)
    {
        if (author.IsAgent && cohort == Cohort.People) return WorkReason.Agent;
        if (!author.IsAgent && cohort == Cohort.Agents) return author.IsBot ? WorkReason.Bot : WorkReason.Person;
        return decisions.TryGetValue(pullRequest, out var verdict)
            ? verdict == DecisionVerdict.Exclude ? WorkReason.ByPerson : null
            : author.IsBot && !author.IsAgent ? WorkReason.Bot : null;
    }
}

/// <summary>Reads the roster of an organization, once for each request.</summary>
public sealed class Rosters(VeelocityDb db, TeamScopes teams)
{
    private readonly Dictionary<Guid, Roster> known = [];

    internal async Task<Roster> OfAsync(Guid organizationId, CancellationToken cancellation)
    {
        if (known.TryGetValue(organizationId, out var roster)) return roster;
        var agents = NamePattern.Of(await db.Database.SqlQuery<string>(
            $"""SELECT agent_pattern AS "Value" FROM organizations WHERE id = {organizationId}""").SingleOrDefaultAsync(cancellation));
        var accounts = await db.Database.SqlQuery<AccountRow>(
            $"SELECT id, person_id, is_bot, login FROM accounts WHERE organization_id = {organizationId}").ToListAsync(cancellation);
        var repositories = await db.Database.SqlQuery<RepositoryRow>(
            $"SELECT id, full_name FROM repositories WHERE organization_id = {organizationId} AND left_at IS NULL").ToListAsync(cancellation);
        var decisions = await db.MetricDecisions.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).AsNoTracking()
            .Where(d => d.OrganizationId == organizationId && d.Subject == DecisionSubject.PullRequest && d.TakenBackAt == null)
            .Select(d => new { d.SubjectId, d.Verdict }).ToListAsync(cancellation);
        return known[organizationId] = new Roster(
            accounts.ToDictionary(a => a.Id, a => new Roster.Who(a.PersonId, a.IsBot, a.IsBot && agents.Matches(a.Login))),
            repositories.ToDictionary(r => r.Id, r => r.FullName),
            decisions.ToDictionary(d => d.SubjectId, d => d.Verdict));
    }

    /// <summary>The accounts that a scope narrows to; null for everybody's. <see cref="Filter.NoTeam"/> stands for no account at all.</summary>
    internal async Task<Guid[]?> AccountsAsync(WorkScope scope, CancellationToken cancellation)
    {
        var (organizationId, team) = (scope.Filter.OrganizationId, scope.Filter.TeamId);
        if (scope.PersonId is null && team is null) return null;
        var ofTeam = team is { } id ? (await teams.OfAsync(organizationId, id, cancellation)).AccountIds : null;
        if (scope.PersonId is not { } person) return team == Filter.NoTeam ? [.. ofTeam!, Filter.NoTeam] : [.. ofTeam!];
        var own = (await OfAsync(organizationId, cancellation)).AccountsOf(person);
        return ofTeam is null ? own : [.. own.Where(ofTeam.Contains)];
    }

    private sealed record AccountRow(Guid Id, Guid? PersonId, bool IsBot, string Login);

    private sealed record RepositoryRow(Guid Id, string FullName);
}
