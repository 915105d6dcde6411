using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Veelocity.Simulator.Linear;

/// <summary>Everything the simulated Linear knows. Change it through <see cref="Change"/> and the answers change; webhooks tell of it.</summary>
public sealed class LinearWorkspace
{
    private readonly Lock _gate = new();
    private readonly List<Action<LinearNews>> _listeners = [];
    private int _lastId;

    public string Name { get; set; } = "Acme";

    public List<LinearUser> Users { get; } = [];
    public List<LinearTeam> Teams { get; } = [];
    public List<LinearProject> Projects { get; } = [];
    public List<LinearCycle> Cycles { get; } = [];
    public List<LinearIssue> Issues { get; } = [];

    public IEnumerable<LinearAttachment> Attachments => Issues.SelectMany(issue => issue.Attachments);

    /// <summary>With this secret webhooks are signed.</summary>
    public string SigningSecret { get; set; } = "linear-signing-secret";

    /// <summary>Requests that are still answered in this hour; null for no limit.</summary>
    public int? RequestsLeft { get; set; }

    public LinearTeam Team(string key, string name, DateTimeOffset createdAt)
    {
        var team = new LinearTeam(Id(), key, name, createdAt);
        Teams.Add(team);
        return team;
    }

    public LinearUser User(string name, string email, DateTimeOffset createdAt)
    {
        var user = new LinearUser(Id(), name, email.Split('@')[0], email, createdAt);
        Users.Add(user);
        return user;
    }

    public LinearProject Project(string name, DateTimeOffset createdAt, params LinearTeam[] teams)
    {
        var project = new LinearProject(Id(), name, createdAt);
        project.Teams.AddRange(teams);
        Projects.Add(project);
        return project;
    }

    public LinearCycle Cycle(LinearTeam team, int number, DateTimeOffset startsAt, DateTimeOffset endsAt)
    {
        var cycle = new LinearCycle(Id(), team, number, startsAt, endsAt);
        Cycles.Add(cycle);
        return cycle;
    }

    public LinearIssue Issue(LinearTeam team, string title, DateTimeOffset createdAt, LinearState? state = null, int? number = null)
    {
        var issue = new LinearIssue(Id(), team, number ?? team.NextNumber, title, createdAt);
        team.NextNumber = Math.Max(team.NextNumber, issue.Number + 1);
        issue.Move(state ?? LinearState.Todo, createdAt);
        Issues.Add(issue);
        return issue;
    }

    /// <summary>Keeps a link at an issue, which is no change of the issue.</summary>
    public LinearAttachment Attach(LinearIssue issue, string url, string title, DateTimeOffset at)
    {
        var attachment = new LinearAttachment(Id(), issue, url, title, at);
        issue.Attachments.Add(attachment);
        return attachment;
    }

    /// <summary>Starts over with an empty workspace.</summary>
    public void Clear()
    {
        Users.Clear();
        Teams.Clear();
        Projects.Clear();
        Cycles.Clear();
        Issues.Clear();
    }

    /// <summary>Deletes for good.</summary>
    public void Delete(LinearIssue issue) => Issues.Remove(issue);

    public LinearIssue? Find(string identifier) => Issues.Find(i => i.Identifier == identifier) ?? Issues.Find(i => i.PreviousIdentifiers.Contains(identifier));

    /// <summary>Changes something while no answer is being written, and tells those who listen of it.</summary>
    public void Change(Action change, string? type = null, string action = "update", LinearThing? of = null)
    {
        lock (_gate) change();
        if (type is not null && of is not null) Tell(new LinearNews(type, action, of));
    }

    /// <summary>Tells of something, changed or not.</summary>
    public void Tell(LinearNews news) => _listeners.ForEach(listener => listener(news));

    internal T Read<T>(Func<T> read)
    {
        lock (_gate) return read();
    }

    internal void Listen(Action<LinearNews> listener) => _listeners.Add(listener);

    // As Linear's ids look, and the same each time.
    private string Id()
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes((++_lastId).ToString(CultureInfo.InvariantCulture)));
        return new Guid(hash.AsSpan(0, 16)).ToString();
    }
}

/// <summary>Something that a webhook tells: <c>Issue</c>, <c>update</c> and what it is about.</summary>
public sealed record LinearNews(string Type, string Action, LinearThing Of);
