using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>
/// An organization as its providers tell it: the rows that syncs store and what members decided, with nothing derived. What linking and the
/// metrics make of these is written to copies in the database, never to these objects.
/// </summary>
internal sealed class World(Guid organizationId, Guid memberId, string zone, DateTimeOffset now)
{
    public Guid OrganizationId { get; } = organizationId;
    public Guid MemberId { get; } = memberId;
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(zone);
    public DateTimeOffset Now { get; } = now;

    /// <summary>How long after a deployment an incident is blamed on it, unless a request says otherwise.</summary>
    public int WindowHours { get; init; } = 24;

    public Connection GitHub { get; } = new() { OrganizationId = organizationId, Kind = "github" };
    public Connection Linear { get; } = new() { OrganizationId = organizationId, Kind = "linear" };
    public List<Repository> Repositories { get; } = [];
    public List<Service> Services { get; } = [];
    public List<Commit> Commits { get; } = [];
    public List<PullRequest> Pulls { get; } = [];
    public List<PullRequestPaths> Paths { get; } = [];
    public List<Review> Reviews { get; } = [];
    public List<EnvironmentDeployment> Deployments { get; } = [];
    public List<EnvironmentDeploymentStatus> Statuses { get; } = [];
    public List<Workflow> Workflows { get; } = [];
    public List<WorkflowRun> Runs { get; } = [];
    public List<WorkflowJob> Jobs { get; } = [];
    public List<Account> Accounts { get; } = [];
    public List<Person> People { get; } = [];
    public List<Team> Teams { get; } = [];
    public List<TeamMember> Members { get; } = [];
    public List<TeamRepository> OwnedRepositories { get; } = [];
    public List<TeamService> OwnedServices { get; } = [];
    public List<MetricDecision> Decisions { get; } = [];
    public List<Incident> Incidents { get; } = [];
    public List<IssueTeam> IssueTeams { get; } = [];
    public List<Issue> Issues { get; } = [];
    public List<IssueStateSpan> Spans { get; } = [];
    public List<IssueAttachment> Attachments { get; } = [];

    /// <summary>Descriptions of pull requests, by id: no row keeps them.</summary>
    public Dictionary<Guid, string> Descriptions { get; } = [];

    /// <summary>What commit messages say below their first line, by commit.</summary>
    public Dictionary<string, string> CommitTexts { get; } = new(StringComparer.Ordinal);

    public IEnumerable<object> Rows =>
        ((IEnumerable<IEnumerable<object>>)
        [
            [GitHub, Linear], Repositories, Services, People, Accounts, Commits, Pulls, Paths, Reviews, Deployments, Statuses, Workflows, Runs, Jobs,
            Teams, Members, OwnedRepositories, OwnedServices, Decisions, Incidents, IssueTeams, Issues, Spans, Attachments,
        ]).SelectMany(rows => rows);

    /// <summary>A member says that a row belongs in the numbers, or doesn't.</summary>
    public void Decide(DecisionSubject subject, Guid id, Guid? repositoryId, DecisionVerdict verdict) => Decisions.Add(new()
    {
        OrganizationId = OrganizationId,
        Subject = subject,
        SubjectId = id,
        RepositoryId = repositoryId,
        Verdict = verdict,
        Reason = "Because",
        DecidedAt = Now,
        DecidedByUserId = MemberId,
    });

    public Repository RepositoryOf(Guid id) => Repositories.Single(repository => repository.Id == id);
}
