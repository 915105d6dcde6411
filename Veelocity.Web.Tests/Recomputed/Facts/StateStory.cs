using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>The states that an issue passes, and what the tracker itself says of them.</summary>
internal sealed class StateStory
{
    private static readonly string[][] Courses =
    [
        ["backlog", "unstarted", "started", "completed"],
        ["unstarted", "started", "started", "completed"],
        ["unstarted", "completed"],
        ["unstarted", "started", "completed", "started", "completed"],
        ["unstarted", "started", "completed", "completed"],
        ["unstarted", "started", "completed", "unstarted"],
        ["unstarted", "started"],
        ["backlog", "canceled"],
        ["unstarted", "started", "canceled"],
        ["unstarted", "started", "completed", "canceled"],
        ["triage", "duplicate"],
        ["backlog"],
    ];

    private readonly List<(string Type, DateTimeOffset At)> passed = [];

    public StateStory(Dice dice, DateTimeOffset created, DateTimeOffset now)
    {
        var at = created;
        foreach (var type in dice.Pick(dice.Chance(60) ? Courses[..4] : Courses))
        {
            if (at >= now) break;
            passed.Add((type, at));
            at += dice.ExactSpan(0.5, dice.Chance(30) ? 400 : 60);
        }
    }

    public string Now => passed[^1].Type;

    public DateTimeOffset LastAt => passed[^1].At;

    public DateTimeOffset? StartedAt => passed.Where(p => p.Type == "started").Select(p => (DateTimeOffset?)p.At).FirstOrDefault();

    // From one completed state to another it stays completed.
    public DateTimeOffset? CompletedAt => Now != "completed" ? null : passed[passed.FindLastIndex(p => p.Type != "completed") + 1].At;

    public DateTimeOffset? CanceledAt => Now is "canceled" or "duplicate" ? LastAt : null;

    public IEnumerable<IssueStateSpan> Spans(Guid organizationId, Guid issueId)
    {
        for (var i = 0; i < passed.Count; i++)
        {
            yield return new()
            {
                Id = IssueStateSpan.IdOf(issueId, $"{i}"),
                OrganizationId = organizationId,
                IssueId = issueId,
                StateName = passed[i].Type,
                StateType = passed[i].Type,
                StartedAt = passed[i].At,
                EndedAt = i + 1 < passed.Count ? passed[i + 1].At : null,
            };
        }
    }
}
