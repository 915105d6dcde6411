using System.Text.Json;
using Veelocity.Simulator.Linear;

namespace Veelocity.Simulator.Recordings;

/// <summary>Linear's part of a recording: its objects with ids in place of other objects.</summary>
internal sealed class RecordedLinear(string folder, LinearWorkspace linear)
{
    private readonly Dictionary<string, LinearState> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);

    public void Load()
    {
        linear.Clear();
        linear.Name = Row.One(folder, "organization")?.Text("name") ?? linear.Name;
        foreach (var row in Row.Read(folder, "users").OrderByDescending(row => row.Is("_viewer")))
            linear.Users.Add(User(row));
        if (linear.Users.Count == 0)
            linear.User("Viewer", "viewer@example.test", DateTimeOffset.UnixEpoch);
        foreach (var row in Row.Read(folder, "teams"))
            linear.Teams.Add(Team(row));
        foreach (var row in Row.Read(folder, "workflowStates"))
            _states[Id(row)] = new LinearState(row.Text("name") ?? "", row.Text("type") ?? "backlog") { Id = Id(row) };
        foreach (var row in Row.Read(folder, "issueLabels"))
            _labels[Id(row)] = row.Text("name") ?? "";
        var histories = Row.Read(folder, "issueHistory").ToLookup(row => row.Text("issueId"), StringComparer.Ordinal);
        var issues = Row.Read(folder, "issues").ToList();
        foreach (var row in issues)
            linear.Issues.Add(Issue(row, histories[Id(row)]));
        foreach (var row in issues)
            Find(row, "id")!.Parent = Find(row, "parentId");
        foreach (var row in Row.Read(folder, "attachments"))
        {
            if (Find(row, "issueId") is { } issue)
                issue.Attachments.Add(Attachment(row, issue));
        }
    }

    private static LinearUser User(Row row)
    {
        var name = row.Text("name") ?? row.Text("displayName") ?? "";
        return Dated(row, new LinearUser(Id(row), name, row.Text("displayName") ?? name, row.Text("email") ?? "", Created(row))
        {
            IsActive = !row.IsFalse("active"),
            IsApp = row.Is("app"),
            IsGuest = row.Is("guest"),
            GitHubUserId = row.Text("gitHubUserId"),
        });
    }

    private LinearTeam Team(Row row)
    {
        var team = Dated(row, new LinearTeam(Id(row), row.Text("key") ?? "", row.Text("name") ?? "", Created(row))
        {
            HasCycles = row.Is("cyclesEnabled"),
            RetiredAt = row.Instant("retiredAt"),
        });
        var ids = Strings(row, "memberIds");
        team.Members.AddRange(linear.Users.Where(user => ids.Contains(user.Id, StringComparer.Ordinal)));
        return team;
    }

    private LinearIssue Issue(Row row, IEnumerable<Row> history)
    {
        var team = linear.Teams.Find(team => team.Id == row.Text("teamId")) ?? throw new InvalidDataException($"The issue {Id(row)} lacks its team.");
        var issue = Dated(row, new LinearIssue(Id(row), team, row.Count("number"), row.Text("title") ?? "", Created(row))
        {
            Assignee = linear.Users.Find(user => user.Id == row.Text("assigneeId")),
            Creator = linear.Users.Find(user => user.Id == row.Text("creatorId")),
            Priority = row.Count("priority"),
            Estimate = row.Fraction("estimate"),
            IsTrashed = row.Is("trashed"),
            DueDate = row.Text("dueDate") is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null,
        });
        issue.PreviousIdentifiers.AddRange(Strings(row, "previousIdentifiers"));
        issue.Labels.AddRange(Strings(row, "labelIds").Select(id => _labels.GetValueOrDefault(id, id)));
        issue.Set(State(row.Text("stateId")), row.Instant("startedAt"), row.Instant("completedAt"), row.Instant("canceledAt"));
        LinearSpan? last = null;
        foreach (var change in history.Where(change => change.Text("toStateId") is not null).OrderBy(Created))
        {
            last ??= new LinearSpan(issue.Id + "-0", State(change.Text("fromStateId")), issue.CreatedAt, null);
            issue.Spans.Add(last with { EndedAt = Created(change) });
            last = new LinearSpan(Id(change), State(change.Text("toStateId")), Created(change), null);
        }

        if (last is not null)
            issue.Spans.Add(last);
        return issue;
    }

    private static LinearAttachment Attachment(Row row, LinearIssue issue) =>
        Dated(row, new LinearAttachment(Id(row), issue, row.Text("url") ?? "", row.Text("title") ?? "", Created(row)) { SourceType = row.Text("sourceType") });

    private static T Dated<T>(Row row, T thing)
        where T : LinearThing
    {
        (thing.UpdatedAt, thing.ArchivedAt) = (row.Instant("updatedAt") ?? thing.CreatedAt, row.Instant("archivedAt"));
        return thing;
    }

    private LinearState State(string? id) => _states.GetValueOrDefault(id ?? "", LinearState.Backlog);

    private LinearIssue? Find(Row row, string name) => row.Text(name) is { } id ? linear.Issues.Find(issue => issue.Id == id) : null;

    private static List<string> Strings(Row row, string name) =>
        [.. row.Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];

    private static string Id(Row row) => row.Text("id")!;

    private static DateTimeOffset Created(Row row) => row.Instant("createdAt") ?? DateTimeOffset.UnixEpoch;
}
