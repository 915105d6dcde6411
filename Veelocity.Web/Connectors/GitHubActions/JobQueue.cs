using System.Runtime.CompilerServices;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>An attempt whose fact waits for its jobs, which tell when it ended.</summary>
/// <param name="IsOnly">Whether it is the run's only attempt.</param>
internal sealed record WaitingRun(RepositoryPlace Place, RunRow Run, bool IsOnly, AttemptMemory Memory);

/// <summary>
/// Gathers attempts of all repositories until a hundred can be asked for at once. A cursor that stands for them waits in the same line,
/// so that it is never stored before they are.
/// </summary>
internal sealed class JobQueue(GitHubSession session, FetchProgress progress)
{
    private const int Most = 100;

    private readonly JobReader _jobs = new(session);
    private readonly Queue<(WaitingRun? Run, WaitingMove? Move)> _line = [];
    private int _waiting;
    private string _phase = "Workflow runs";

    public void Add(WaitingRun run)
    {
        _line.Enqueue((run, null));
        _waiting++;
    }

    /// <param name="text">Written when everything before it in the line is read.</param>
    public void AddMove(string scope, string resource, Func<string> text) => _line.Enqueue((null, new(scope, resource, text)));

    /// <summary>Whole hundreds, and at the end the rest.</summary>
    public async IAsyncEnumerable<FactBatch> ReadAsync(bool isEnd, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var most = _waiting >= Most ? Most : isEnd ? _waiting : 0;
            var runs = new List<WaitingRun>();
            var moves = new Dictionary<(string, string), WaitingMove>();
            var taken = 0;
            foreach (var next in _line.TakeWhile(next => next.Run is null || runs.Count < most))
            {
                taken++;
                if (next.Run is { } run)
                    runs.Add(run);
                else if (next.Move is { } move)
                    moves[(move.Scope, move.Resource)] = move;
            }
            if (runs.Count + moves.Count == 0)
                yield break;
            await foreach (var batch in FactsAsync(runs, cancellation))
                yield return batch;
            // Only now: what fails before stays in line, and so do the cursors behind it.
            for (; taken > 0; taken--)
                _line.Dequeue();
            _waiting -= runs.Count;
            foreach (var move in moves.Values)
                yield return progress.Batch(_phase, [], new CursorMove(move.Scope, move.Resource, move.Text()));
        }
    }

    private async IAsyncEnumerable<FactBatch> FactsAsync(List<WaitingRun> runs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (runs.Count == 0)
            yield break;
        // Windows and pages overlap, so one may be in line twice.
        List<WaitingRun> each = [.. runs.GroupBy(run => (run.Place, run.Run.Id, run.Run.Attempt)).Select(same => same.Last())];
        var jobs = await _jobs.ReadAsync(each, cancellation);
        foreach (var repository in each.GroupBy(run => run.Place))
        {
            _phase = $"Jobs of {repository.Key.FullName}";
            var rows = GitHubRows.OfRest(repository.Key.Scope);
            var facts = await rows.MakeAsync(repository, run => $"run {run.Run.Id}", run =>
            {
                var fact = run.Run.ToFact(run.Place.Scope, jobs.GetValueOrDefault(run));
                if (jobs.ContainsKey(run))
                    run.Memory.Remember(run.Run);
                return (Fact)fact;
            });
            yield return progress.Batch(_phase, facts, null, rows.TakeProblem());
        }
    }

    private sealed record WaitingMove(string Scope, string Resource, Func<string> Text);
}
