using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Answers;

/// <summary>Who wrote what, who is in which team, and how work is cut by them (M28, M29).</summary>
internal sealed class Workforce(Recomputation all, Days days)
{
    private static readonly string Nobody = Guid.Empty.ToString();

    private readonly Dictionary<Guid, Guid?> people = all.World.Accounts.ToDictionary(a => a.Id, a => a.PersonId);

    public IEnumerable<WorkScope> Scopes()
    {
        var world = all.World;
        yield return new("");
        foreach (var repository in world.Repositories) yield return new($"repo_id={repository.Id}", repository.Id);
        yield return new($"service_id={world.Services.Single(s => s.Name == "web").Id}", world.Repositories[2].Id);
        foreach (var team in Teams()) yield return new($"team_id={team.Id}", People: Members(team).ToHashSet());
        var teamed = Teams().SelectMany(Members).ToHashSet();
        yield return new($"team_id={Nobody}", People: world.People.Select(p => p.Id).Where(p => !teamed.Contains(p)).ToHashSet()) { WithNobody = true };
        yield return new($"developer_id={world.People[0].Id}", People: new HashSet<Guid> { world.People[0].Id });
        yield return new("clock=working") { Clock = new(world.Zone) };
        yield return new("authors=agents") { Authors = "agents" };
        yield return new("authors=both") { Authors = "both" };
    }

    /// <summary>Null for machines, and for whoever deleted their account.</summary>
    public Guid? PersonOf(Guid? account) =>
        account is { } id && !all.Machines.Has(account) ? people[id] : null;

    /// <summary>Of those asked for (M29), and no member excluded it.</summary>
    public bool Counts(PullRequest pull, WorkScope scope) =>
        IsOfCohort(pull, scope.Authors) && all.VerdictOn(pull.Id) != DecisionVerdict.Exclude && IsAsked(pull, scope);

    public bool IsAsked(PullRequest pull, WorkScope scope) =>
        (scope.RepositoryId is null || pull.RepositoryId == scope.RepositoryId) && scope.HoldsPerson(PersonOf(pull.AuthorAccountId));

    public bool IsAsked(IssueTimes issue, WorkScope scope) =>
        (scope.RepositoryId is null || issue.Pulls.Exists(p => p.RepositoryId == scope.RepositoryId)) && scope.HoldsPerson(PersonOf(issue.Issue.AssigneeAccountId));

    public IEnumerable<WorkPart> Parts(string groupBy)
    {
        var world = all.World;
        switch (groupBy)
        {
            case "repo":
                return world.Repositories.Select(r => Part(r.Id, r.FullName, (_, repository) => repository == r.Id)).Append(Rest((_, repository) => repository is null));
            case "team":
                var teams = Teams().Select(t => (t, Members: Members(t).ToHashSet())).ToList();
                return teams.Select(t => Part(t.t.Id, t.t.Name, (person, _) => person is { } id && t.Members.Contains(id)))
                    .Append(Rest((person, _) => person is not { } id || !teams.Exists(t => t.Members.Contains(id))));
            case "developer":
                return world.People.Select(p => Part(p.Id, p.Name, (person, _) => person == p.Id)).Append(Rest((person, _) => person is null));
            default:
                return days.Buckets(groupBy).Select(b => new WorkPart(b.Key, b.Key, b.Start, b.Stretch, b.IsPartial));
        }
    }

    private WorkPart Part(Guid id, string label, Func<Guid?, Guid?, bool> isMember) => new(id.ToString(), label, null, days.Whole, Partial: false, isMember);

    private WorkPart Rest(Func<Guid?, Guid?, bool> isMember) => new(Nobody, "Unassigned", null, days.Whole, Partial: false, isMember);

    // Teams of the tracker are teams, too; here nobody is in them.
    private IEnumerable<Team> Teams() => all.World.Teams.Where(t => t.ArchivedAt is null)
        .Concat(all.World.IssueTeams.Select(t => new Team { Id = Team.IdOf(t.Id), OrganizationId = t.OrganizationId, Name = t.Name }));

    private IEnumerable<Guid> Members(Team team) => all.World.Members.Where(m => m.TeamId == team.Id && m.RemovedAt is null).Select(m => m.PersonId);

    private bool IsOfCohort(PullRequest pull, string authors) =>
        all.Machines.IsAgent(pull.AuthorAccountId) ? authors != "people" : authors != "agents" && !all.Machines.Has(pull.AuthorAccountId);
}
