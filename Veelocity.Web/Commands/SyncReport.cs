using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Commands;

/// <summary>Says on the console how runs ended, and remembers whether one did not end well.</summary>
internal sealed class SyncReport(ConnectorCatalog catalog, TextWriter output, TextWriter errors)
{
    private readonly HashSet<(Guid, DateTimeOffset?)> waits = [];

    public bool HasTrouble { get; private set; }

    public void Say(string line) => output.WriteLine(line);

    public void Complain(string line)
    {
        HasTrouble = true;
        errors.WriteLine(line);
    }

    public void Ended(string organization, SyncRun run)
    {
        var who = Name(organization, run);
        if (run.Outcome != SyncOutcome.Done)
        {
            Complain($"{who}: {Word(run.Outcome)}. {run.Error}".TrimEnd());
            return;
        }
        var took = Durations.Short((run.FinishedAt - run.StartedAt)?.TotalSeconds ?? 0);
        Say($"{who}: done in {took}, {Numbers.Count(run.Items.Values.Sum())} read, {Numbers.Count(run.ChangedRows)} new or changed, {Numbers.Count(run.Requests, "request")}");
        foreach (var problem in run.Problems) Say($"  left out {problem.Scope}: {problem.Message}");
    }

    /// <summary>Once for each limit.</summary>
    public void Waits(string organization, SyncRun run)
    {
        if (waits.Add((run.Id, run.ParkedUntil))) Say(FormattableString.Invariant($"{Name(organization, run)}: waits until {run.ParkedUntil:HH:mm:ss} UTC. {run.Error}"));
    }

    private string Name(string organization, SyncRun run) => $"{organization} · {catalog.Find(run.Connector)?.Info.Name ?? run.Connector}";

    private static string Word(SyncOutcome? outcome) => outcome switch
    {
        SyncOutcome.RateLimited => "a rate limit was met",
        SyncOutcome.Unauthorized => "the token was refused",
        SyncOutcome.Unreachable => "the provider could not be reached",
        SyncOutcome.Cancelled => "cancelled",
        _ => "failed",
    };
}
