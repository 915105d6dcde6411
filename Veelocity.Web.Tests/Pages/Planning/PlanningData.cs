using Veelocity.Web.Data;
using Veelocity.Web.Tests.Metrics.Flow;

namespace Veelocity.Web.Tests.Pages.Planning;

/// <summary>Planned work of an organization: one tracker's team, its cycles, projects and issues.</summary>
internal sealed class PlanningData
{
    private readonly List<object> rows = [];
    private readonly Guid organizationId;
    private readonly Connection connection;
    private readonly IssueTeam team;
    private int number;

    public PlanningData(Guid organizationId, string teamName = "Checkout")
    {
        this.organizationId = organizationId;
        connection = new Connection { OrganizationId = organizationId, Kind = "linear" };
        team = new IssueTeam
        {
            Id = IssueTeam.IdOf(organizationId, teamName),
            OrganizationId = organizationId,
            ConnectionId = connection.Id,
            ExternalId = teamName,
            Key = "ENG",
            Name = teamName,
        };
        rows.AddRange([connection, team, new Team { Id = Team.IdOf(team.Id), OrganizationId = organizationId, Name = teamName, IssueTeamId = team.Id }]);
    }

    public Guid TeamId => Team.IdOf(team.Id);

    public static DateTimeOffset Ago(double days) => FlowData.Now.AddDays(-days);

    public Guid Cycle(int cycle, double startedAgo, double[] issues, double[] completed, string? name = null)
    {
        var row = new Cycle
        {
            Id = Data(cycle),
            OrganizationId = organizationId,
            ConnectionId = connection.Id,
            IssueTeamId = team.Id,
            ExternalId = $"{cycle}",
            Number = cycle,
            Name = name,
            StartsAt = Ago(startedAgo),
            EndsAt = Ago(startedAgo - 14),
            IssuesByDay = issues,
            CompletedIssuesByDay = completed,
        };
        rows.Add(row);
        return row.Id;

        Guid Data(int n) => Veelocity.Web.Data.Cycle.IdOf(organizationId, $"{n}");
    }

    public Guid Project(string name, double startedAgo, string? health = null)
    {
        var row = new Project
        {
            Id = Veelocity.Web.Data.Project.IdOf(organizationId, name),
            OrganizationId = organizationId,
            ConnectionId = connection.Id,
            ExternalId = name,
            Name = name,
            Url = "https://linear.example/project/x",
            StatusName = "In Progress",
            StatusType = "started",
            Health = health,
            IssueTeamIds = [team.Id],
            CreatedAt = Ago(startedAgo + 1),
            UpdatedAt = Ago(0),
            StartedAt = Ago(startedAgo),
        };
        rows.Add(row);
        return row.Id;
    }

    public Guid Issue(
        string title, double createdAgo, string stateType = "started", double? completedAgo = null, Guid? cycle = null, double? addedAgo = null, Guid? project = null,
        (string Name, string Type, double Ago)[]? states = null)
    {
        var identifier = $"ENG-{++number}";
        var id = Veelocity.Web.Data.Issue.IdOf(organizationId, identifier);
        rows.Add(new Issue
        {
            Id = id,
            OrganizationId = organizationId,
            ConnectionId = connection.Id,
            ExternalId = identifier,
            Identifier = identifier,
            IssueTeamId = team.Id,
            Title = title,
            Url = "https://linear.example/issue/x",
            StateName = stateType,
            StateType = stateType,
            CycleId = cycle,
            ProjectId = project,
            CreatedAt = Ago(createdAgo),
            UpdatedAt = Ago(0),
            AddedToCycleAt = addedAgo is { } added ? Ago(added) : null,
            LastCompletedAt = completedAgo is { } done ? Ago(done) : null,
        });
        for (var i = 0; i < (states?.Length ?? 0); i++)
            rows.Add(new IssueStateSpan
            {
                Id = IssueStateSpan.IdOf(id, $"{i}"),
                OrganizationId = organizationId,
                IssueId = id,
                StateName = states![i].Name,
                StateType = states[i].Type,
                StartedAt = Ago(states[i].Ago),
                EndedAt = i + 1 < states.Length ? Ago(states[i + 1].Ago) : null,
            });
        return id;
    }

    public void Tie(Guid issue, Guid pull) =>
        rows.Add(new IssueLink { IssueId = issue, PullRequestId = pull, OrganizationId = organizationId, Method = IssueLinkMethod.Branch, FoundAt = Ago(0) });

    public async Task SaveAsync(VeelocityDb db)
    {
        db.AddRange(rows);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        rows.Clear();
    }
}
