using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>How a pull request names an issue.</summary>
internal sealed record IssueNaming(string Identifier, int Where)
{
    public (string Title, string Branch, string? Description) Into(string title, string branch, string? description) => Where switch
    {
        0 => ($"{title} ({Identifier})", branch, description),
        1 when branch.StartsWith("topic", StringComparison.Ordinal) => (title, $"{branch}-{Identifier.ToLowerInvariant()}", description),
        2 => (title, branch, $"{description}\n\nFixes {Identifier}"),
        3 => (title, branch, $"{description}\n\nA follow-up of {Identifier}, in UTF-8"),
        _ => (title, branch, description),
    };
}

/// <summary>Issues in two teams: started, jumped over, reopened, canceled, some without a history of states.</summary>
internal sealed class IssueStory
{
    private static readonly string[] Keys = ["ENG", "OPS"];

    private readonly World world;
    private readonly Dice dice;
    private readonly Staff staff;
    private readonly List<IssueTeam> teams = [];

    private IssueStory(World world, Dice dice, Staff staff)
    {
        (this.world, this.dice, this.staff) = (world, dice, staff);
        foreach (var key in Keys)
        {
            teams.Add(new()
            {
                Id = IssueTeam.IdOf(world.OrganizationId, key),
                OrganizationId = world.OrganizationId,
                ConnectionId = world.Linear.Id,
                ExternalId = key,
                Key = key,
                Name = key,
            });
        }
        world.IssueTeams.AddRange(teams);
    }

    public static void Begin(World world, Dice dice, Staff staff, DateTimeOffset from)
    {
        var story = new IssueStory(world, dice, staff);
        var at = from.AddDays(12);
        for (var number = 1; at < world.Now.AddHours(-3); number++)
        {
            story.Add(number, at);
            at += dice.ExactSpan(1, 60);
        }
    }

    /// <summary>The issue that work at this time is about, most often one of the latest.</summary>
    public static IssueNaming? Name(World world, Dice dice, DateTimeOffset around)
    {
        var known = world.Issues.FindAll(i => i.CreatedAt < around);
        return known.Count == 0 || dice.Chance(30) ? null : new(dice.Pick([.. known.TakeLast(dice.Chance(80) ? 12 : 60)]).Identifier, dice.Below(5));
    }

    /// <summary>Pull requests that the tracker keeps at issues.</summary>
    public static void Attach(World world, Dice dice)
    {
        foreach (var pull in world.Pulls.Where(_ => dice.Chance(12)).ToList())
        {
            var issue = dice.Pick(world.Issues);
            world.Attachments.Add(new()
            {
                Id = IssueAttachment.IdOf(world.OrganizationId, $"{pull.Id}"),
                OrganizationId = world.OrganizationId,
                IssueId = issue.Id,
                Url = pull.Url.ToLowerInvariant(),
                SourceType = "github",
                CreatedAt = pull.CreatedAt,
            });
        }
    }

    private void Add(int number, DateTimeOffset at)
    {
        var team = dice.Pick(teams);
        var id = Issue.IdOf(world.OrganizationId, $"issue {number}");
        var states = new StateStory(dice, at, world.Now);
        if (dice.Chance(80)) world.Spans.AddRange(states.Spans(world.OrganizationId, id));
        var (name, isTrashed) = (states.Now, dice.Chance(4));
        world.Issues.Add(new()
        {
            Id = id,
            OrganizationId = world.OrganizationId,
            ConnectionId = world.Linear.Id,
            ExternalId = $"issue {number}",
            Identifier = $"{team.Key}-{number}",
            IssueTeamId = team.Id,
            Title = $"Issue {number}",
            Url = $"https://linear.example/acme/issue/{team.Key}-{number}",
            StateName = name,
            StateType = name,
            AssigneeAccountId = dice.Chance(75) ? dice.Pick(staff.OnLinear).Id : null,
            CreatedAt = at,
            UpdatedAt = states.LastAt,
            StartedAt = states.StartedAt,
            CompletedAt = states.CompletedAt,
            CanceledAt = states.CanceledAt,
            IsTrashed = isTrashed,
        });
    }
}
