using System.Globalization;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Sync.Webhooks;

/// <summary>What is to be read again, as a row keeps it.</summary>
internal static class TargetText
{
    private const string Commits = "commits";
    private const string Releases = "releases";
    private const string Channel = "channel";
    private const string Credentials = "credentials";

    public static string Write(RefreshTarget target) => target switch
    {
        PullRequestTarget pull => string.Create(CultureInfo.InvariantCulture, $"pull {pull.Number}"),
        RunTarget run => string.Create(CultureInfo.InvariantCulture, $"run {run.RunId}"),
        DeploymentTarget deployment => $"deployment {deployment.NodeId}",
        CommitsTarget => Commits,
        ReleasesTarget => Releases,
        ThreadTarget thread => $"thread {thread.Ts}",
        ReactionTarget r => $"reaction {r.Ts} {r.Name} {r.UserId} {r.EventTs} {(r.IsRemoval ? "off" : "on")}",
        IssueTarget issue => $"issue {issue.Id}",
        CycleTarget cycle => $"cycle {cycle.Id}",
        ProjectTarget project => $"project {project.Id}",
        AccountTarget account => $"account {account.Id}",
        ChannelTarget => Channel,
        CredentialsTarget => Credentials,
        _ => throw new ArgumentException($"Nothing is known to do with a {target.GetType().Name}.", nameof(target)),
    };

    public static RefreshTarget Read(string text) => (text.Split(' ', 2) is [var kind, .. var rest] ? (kind, rest.FirstOrDefault() ?? "") : (text, "")) switch
    {
        ("pull", var number) => new PullRequestTarget(int.Parse(number, CultureInfo.InvariantCulture)),
        ("run", var id) => new RunTarget(long.Parse(id, CultureInfo.InvariantCulture)),
        ("deployment", var node) => new DeploymentTarget(node),
        ("thread", var ts) => new ThreadTarget(ts),
        ("reaction", var told) when told.Split(' ') is [var ts, var name, var user, var at, var how] => new ReactionTarget(ts, name, user, at, how == "off"),
        ("issue", var id) => new IssueTarget(id),
        ("cycle", var id) => new CycleTarget(id),
        ("project", var id) => new ProjectTarget(id),
        ("account", var id) => new AccountTarget(id),
        (Channel, _) => new ChannelTarget(),
        (Credentials, _) => new CredentialsTarget(),
        (Commits, _) => new CommitsTarget(),
        (Releases, _) => new ReleasesTarget(),
        _ => throw new ArgumentException($"'{text}' names nothing to read.", nameof(text)),
    };
}
