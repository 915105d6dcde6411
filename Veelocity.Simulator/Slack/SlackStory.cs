using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Slack;

/// <summary>Makes up the talk of an organization's channels from what its world deployed: some deployments break something, and somebody or something says so.</summary>
internal sealed class SlackStory
{
    private readonly Workspace _workspace = new();
    private readonly Dice _dice = new(41);
    private readonly World _world;
    private readonly SlackChannel _incidents;
    private readonly SlackChannel _alerts;
    private readonly DateTimeOffset _begin;

    private SlackStory(World world)
    {
        _world = world;
        _begin = world.Now.AddMonths(-18);
        foreach (var account in world.Accounts.Where(a => a is { Kind: AccountKind.User, Name: not null, Email: not null } && a.Login != "web-flow"))
            _workspace.Person(account.Name!, account.Email!.Contains("noreply", StringComparison.Ordinal) ? $"{account.Login.Replace('-', '.')}@acme.example" : account.Email);
        if (_workspace.Members.Count == 0) _workspace.Person("Sam Reader", "sam.reader@acme.example");
        _workspace.Members.Add(new SlackMember("USLACKBOT", "Slackbot", ""));
        _workspace.Channel("general", _begin);
        _incidents = _workspace.Channel("incidents", _begin);
        _alerts = _workspace.Channel("alerts", _begin);
        _workspace.Channel("alerts-staging", _begin, isMember: false);
        _workspace.Channel("inc-secret-review", _begin, isMember: false);
    }

    public static Workspace Tell(World world)
    {
        var story = new SlackStory(world);
        foreach (var (repository, sha, at, url) in story.Deployments())
            if (story._dice.Chance(0.11)) story.Break(repository, sha, at, url);
        story.Chatter();
        foreach (var channel in story._workspace.Channels) channel.Messages.Sort((one, other) => string.CompareOrdinal(one.Ts, other.Ts));
        return story._workspace;
    }

    private IEnumerable<(Repository Repository, string Sha, DateTimeOffset At, string? Run)> Deployments()
    {
        foreach (var repository in _world.Repositories)
        {
            foreach (var deployment in repository.Deployments.Where(d => d.IsProduction || d.Environment == "production"))
                if (deployment.Statuses.Find(s => s.State == "success") is { } success) yield return (repository, deployment.Sha, success.CreatedAt, null);
            foreach (var run in repository.Runs.Where(r => r.Workflow.Name.Contains("deploy", StringComparison.OrdinalIgnoreCase)))
                if (run.Latest is { Conclusion: "success" } done)
                    yield return (repository, run.HeadSha, done.UpdatedAt, $"https://github.com/{repository.FullName}/actions/runs/{run.Id}");
        }
    }

    private void Break(Repository repository, string sha, DateTimeOffset deployedAt, string? run)
    {
        var at = deployedAt + _dice.Minutes(4, 150);
        var end = at + _dice.Around(0.9);
        if (end > _world.Now) return;
        var name = repository.Name;
        switch (_dice.Between(0, 7))
        {
            case 0 or 1:
                Spoken(name, sha, at, end, run);
                break;
            case 2:
                Grafana(name, at, end);
                break;
            case 3:
                Flapping(name, at, end);
                break;
            case 4:
                PagerDuty(name, at, end);
                break;
            case 5:
                OwnChannel(name, at, end);
                break;
            case 6:
                ByReaction(name, at, end);
                break;
            default:
                Datadog(name, at, end);
                break;
        }
    }

    private void Spoken(string name, string sha, DateTimeOffset at, DateTimeOffset end, string? run)
    {
        var (ada, bo) = (Someone(), Someone());
        var what = _dice.Pick(["checkout fails for some customers", "logins time out", "pages load in 20 s", "payments are declined"]);
        var start = _workspace.Say(_incidents, ada, at, $"Incident: {name} {what} ({_dice.Pick(["sev1", "sev2", "sev2", "sev3"])})");
        _workspace.Say(_incidents, bo, at + _dice.Minutes(1, 6), "looking into it", start);
        if (_dice.Chance(0.5))
            _workspace.Say(_incidents, bo, at + _dice.Minutes(6, 9), run is not null && _dice.Chance(0.5) ? $"It began with <{run}|this deployment>" : $"It began with {sha[..10]}", start);
        _workspace.Say(_incidents, ada, at + ((end - at) * 0.5), "is it fixed?", start);
        _workspace.Say(_incidents, bo, at + ((end - at) * 0.6), "not resolved yet, rolling back", start);
        _workspace.Say(_incidents, bo, end, _dice.Pick(["Resolved. Rolled back.", "All clear, errors are back to normal", "fixed, thanks all"]), start);
    }

    private void ByReaction(string name, DateTimeOffset at, DateTimeOffset end)
    {
        var (ada, bo) = (Someone(), Someone());
        var start = _workspace.Say(_incidents, ada, at, $"{name} answers with 500 to every third request, p2");
        _workspace.Say(_incidents, bo, at + _dice.Minutes(2, 5), "on it", start);
        _workspace.Say(_incidents, bo, end, "The queue is empty again", start);
        _workspace.React(_incidents, start, bo, "fire", at.AddMinutes(1));
        _workspace.React(_incidents, start, bo, "white_check_mark", end);
    }

    private void Grafana(string name, DateTimeOffset at, DateTimeOffset end)
    {
        var title = $"{_dice.Pick(["High error rate", "Latency p99 above 2 s", "Saturated workers"])} {name} (critical)";
        _workspace.Alert(_alerts, "Grafana", at, $"[FIRING:1] {title}", "Value: A=7.3", "https://grafana.acme.example/alerting/list", "Grafana v11.2.0");
        _workspace.Alert(_alerts, "Grafana", end, $"[RESOLVED] {title}", "Value: A=0.1", "https://grafana.acme.example/alerting/list", "Grafana v11.2.0");
    }

    private void Flapping(string name, DateTimeOffset at, DateTimeOffset end)
    {
        var title = $"InstanceDown {name} (warning production)";
        var step = (end - at) / 4;
        foreach (var (word, when) in new[] { ("[FIRING:1]", at), ("[RESOLVED]", at + step), ("[FIRING:1]", at + (2 * step)), ("[RESOLVED]", end) })
            _workspace.Alert(_alerts, "AlertManager", when, $"{word} {title}", link: "https://alerts.acme.example/#/alerts");
    }

    private void PagerDuty(string name, DateTimeOffset at, DateTimeOffset end)
    {
        var id = $"Q{at.ToUnixTimeSeconds() % 1_000_000:D6}X";
        var alert = _workspace.Alert(_alerts, "PagerDuty", at, $"Triggered: {name} is not healthy", $"Severity: {_dice.Pick(["critical", "high"])}", $"https://acme.pagerduty.com/incidents/{id}");
        _workspace.Edit(_alerts, alert, end, $"Resolved: {name} is not healthy");
    }

    private void Datadog(string name, DateTimeOffset at, DateTimeOffset end)
    {
        var link = $"https://app.datadoghq.com/monitors/{at.ToUnixTimeSeconds() % 10_000_000}";
        _workspace.Alert(_alerts, "Datadog", at, $"Triggered: {name} error budget burns", "high", link);
        _workspace.Alert(_alerts, "Datadog", end, $"Recovered: {name} error budget burns", "", link);
    }

    private void OwnChannel(string name, DateTimeOffset at, DateTimeOffset end)
    {
        var (ada, bo) = (Someone(), Someone());
        var channel = _workspace.Channel($"inc-{at:yyyyMMdd}-{name}", at);
        channel.Topic = $"{name}: orders are stuck (sev1)";
        _workspace.Notice(channel, ada, at, "channel_join", "has joined the channel");
        _workspace.Say(channel, ada, at.AddMinutes(1), $"Orders of {name} are stuck since ten minutes");
        _workspace.Say(channel, bo, at.AddMinutes(3), "looking into it");
        _workspace.Say(channel, bo, end, "Resolved, the queue drains");
        _workspace.Archive(channel, ada, end.AddHours(20) < _world.Now ? end.AddHours(20) : end.AddMinutes(1));
    }

    // Most of what is said in such channels is no incident.
    private void Chatter()
    {
        for (var day = _begin; day < _world.Now.AddDays(-1); day = day.AddDays(3))
        {
            _workspace.Say(_incidents, Someone(), day.AddHours(9), _dice.Pick(["Who is on call this week?", "Postmortem at three in the usual room", "Thanks for the quick help yesterday", "Please rotate the pager"]));
            if (_dice.Chance(0.2)) _workspace.Notice(_incidents, Someone(), day.AddHours(10), "channel_join", "has joined the channel");
            _workspace.Alert(_alerts, "Backup", day.AddHours(3), "Nightly backup done", "42 GB in 11 minutes");
        }
    }

    private SlackMember Someone() => _dice.Pick(_workspace.Members.Where(m => m.Email.Length > 0).ToList());
}
