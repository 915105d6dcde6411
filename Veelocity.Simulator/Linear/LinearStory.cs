using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Linear;

/// <summary>Makes up the planning behind a world's pull requests: an issue for each one they name, others that no code belongs to, cycles and projects around them.</summary>
internal sealed class LinearStory
{
    private static readonly string[] Kinds = ["Bug", "Feature", "Improvement"];
    private static readonly double[] Points = [1, 2, 3, 5, 8];

    private readonly LinearWorkspace _linear = new();
    private readonly Dice _dice = new(43);
    private readonly World _world;
    private readonly DateTimeOffset _begin;
    private readonly Dictionary<string, LinearUser> _byLogin = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, LinearTeam> _teams = new(StringComparer.Ordinal);
    private LinearUser _agent = null!;

    private LinearStory(World world)
    {
        _world = world;
        var first = world.Repositories.SelectMany(r => r.PullRequests).Select(p => (DateTimeOffset?)p.CreatedAt).Min() ?? world.Now.AddMonths(-6);
        _begin = new DateTimeOffset(first.UtcDateTime.Date, TimeSpan.Zero).AddDays(-21);
    }

    public static LinearWorkspace Tell(World world)
    {
        var story = new LinearStory(world);
        story.Hire();
        story.Found();
        var plans = new LinearPlans(story._linear, story._dice, story._begin, world.Now);
        plans.Draw();
        story.NamedIssues();
        story.AgentIssues();
        story.OtherIssues();
        story.Reorganize();
        plans.Assign();
        story.Archive();
        return story._linear;
    }

    // The same people as at GitHub and Slack; some have connected their GitHub account, the others are known by their address.
    private void Hire()
    {
        foreach (var account in _world.Accounts.Where(a => a is { Kind: AccountKind.User, Name: not null, Email: not null } && a.Login != "web-flow"))
        {
            var email = account.Email!.Contains("noreply", StringComparison.Ordinal) ? $"{account.Login.Replace('-', '.')}@acme.example" : account.Email;
            var user = _linear.User(account.Name!, email, _begin);
            if (account.Id % 2 == 0 || email != account.Email) user.GitHubUserId = account.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
            _byLogin[account.Login] = user;
        }
        if (_linear.Users.Count == 0) _linear.User("Sam Reader", "sam.reader@acme.example", _begin);
        _agent = _linear.User("Coding Agent", "coding-agent@linear.app.example", _begin);
        _agent.IsApp = true;
        _linear.User("Gina Guest", "gina@agency.example", _begin).IsGuest = true;
        var gone = _linear.User("Former Colleague", "former.colleague@acme.example", _begin);
        (gone.IsActive, gone.ArchivedAt) = (false, _world.Now.AddMonths(-5));
    }

    private void Found()
    {
        foreach (var (key, name, scale, from) in new[] { ("ENG", "Storefront", "fibonacci", 0), ("PAY", "Payments", "linear", 8), ("MOB", "Mobile", "tShirt", 16) })
        {
            _teams[key] = _linear.Team(key, name, _begin);
            _teams[key].EstimateScale = scale;
            _teams[key].Members.AddRange(_byLogin.Values.Skip(from).Take(9));
        }
        var ops = _linear.Team("OPS", "Operations", _begin);
        (ops.HasCycles, ops.EstimateScale) = (false, "notUsed");
        ops.Members.AddRange(_byLogin.Values.Take(3));
        var secret = _linear.Team("SEC", "Security", _begin);
        secret.Visibility = "private";
        secret.Members.AddRange(_byLogin.Values.Skip(2).Take(2));
        // Where few work, one does it all.
        foreach (var team in _linear.Teams.Where(t => t.Members.Count == 0)) team.Members.Add(_linear.Users[0]);
        _linear.Issue(secret, "Rotate the signing keys", _world.Now.AddDays(-30), LinearState.InProgress);
        var old = _linear.Team("OLD", "Skunkworks", _begin);
        (old.RetiredAt, old.ArchivedAt) = (_world.Now.AddMonths(-4), _world.Now.AddMonths(-4));
    }

    private void NamedIssues()
    {
        var named = _world.Repositories.SelectMany(r => r.PullRequests).SelectMany(pull => LinearNames.In(pull).Select(name => (Name: name, Pull: pull)))
            .GroupBy(n => n.Name, n => n.Pull, StringComparer.Ordinal).Select(g => (g.Key, Pulls: g.OrderBy(p => p.CreatedAt).ToList())).OrderBy(g => g.Pulls[0].CreatedAt);
        foreach (var (name, pulls) in named)
        {
            var parts = name.Split('-');
            if (_teams.TryGetValue(parts[0], out var team)) new LinearWork(_linear, _dice, _world.Now, AuthorOf).Tell(team, int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), pulls);
        }
    }

    // What an agent did is known by the attachment alone: neither its branches nor its words name an issue.
    private void AgentIssues()
    {
        foreach (var pull in _world.Repositories.SelectMany(r => r.PullRequests).Where(p => p.Author is { Kind: AccountKind.Bot, Login: "copilot-swe-agent" }))
        {
            var team = _teams[IssueNames.KeyOf(pull.Repository.Name)];
            var issue = new LinearWork(_linear, _dice, _world.Now, AuthorOf).Tell(team, team.NextNumber, [pull], isAttached: true);
            (issue.Creator, issue.Assignee) = (_agent, Someone(team));
        }
    }

    private void OtherIssues()
    {
        for (var day = _begin; day < _world.Now.AddDays(-1); day = day.AddDays(2))
        {
            var team = _dice.Pick([.. _teams.Values, _linear.Teams[3]]);
            var at = day.AddHours(9) + _dice.Minutes(0, 400);
            var issue = _linear.Issue(team, Words.Title(_dice), at, _dice.Chance(0.3) ? LinearState.Triage : LinearState.Backlog);
            (issue.Creator, issue.Priority) = (Someone(team), _dice.Between(0, 4));
            issue.Labels.Add(_dice.Pick(Kinds));
            if (_dice.Chance(0.6)) issue.Estimate = _dice.Pick(Points);
            var next = at + _dice.Around(60);
            if (next >= _world.Now) continue;
            issue.Assignee = Someone(team);
            switch (_dice.Between(0, 9))
            {
                case 0: issue.Move(LinearState.Canceled, next); break;
                case 1: issue.Move(LinearState.Duplicate, next); break;
                // From to-do to done without ever being started.
                case 2 or 3: issue.Move(LinearState.Done, next); break;
                case 4 or 5: break;
                default:
                    issue.Move(LinearState.InProgress, next);
                    var done = next + _dice.Around(50);
                    if (done < _world.Now) issue.Move(LinearState.Done, done);
                    break;
            }
        }
    }

    // Some issues move to another team and get another name; pull requests go on naming the old one. A few end in the bin.
    private void Reorganize()
    {
        foreach (var (issue, place) in _linear.Issues.Where(i => i.Attachments.Count > 0 && i.Team.Key == "ENG").Select((issue, place) => (issue, place)).Where(p => p.place % 40 == 7).ToList())
            issue.MoveTo(_teams["PAY"], issue.UpdatedAt.AddHours(place % 5));
        foreach (var issue in _linear.Issues.Where(i => i.State == LinearState.Canceled && i.Attachments.Count == 0).Take(2)) (issue.IsTrashed, issue.ArchivedAt) = (true, issue.UpdatedAt);
        var issues = _linear.Issues.Where(i => i.Team.Key == "ENG").Take(6).ToList();
        foreach (var child in issues.Skip(1).Take(2)) child.Parent = issues[0];
    }

    // Linear archives what is done for half a year.
    private void Archive()
    {
        foreach (var issue in _linear.Issues.Where(i => (i.CompletedAt ?? i.CanceledAt) < _world.Now.AddMonths(-6))) issue.ArchivedAt = (issue.CompletedAt ?? issue.CanceledAt)!.Value.AddMonths(6);
    }

    private LinearUser? AuthorOf(PullRequest pull) => pull.Author is { } author ? _byLogin.GetValueOrDefault(author.Login) : null;

    private LinearUser Someone(LinearTeam team) => _dice.Pick(team.Members);
}
