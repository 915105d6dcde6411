namespace Veelocity.Simulator.Seeding;

/// <summary>Runs what is due in order of time, so that each step sees the world as it was then; what is due after the end never happens.</summary>
internal sealed class Clockwork
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, int Order)> _due = new();
    private int _order;

    public DateTimeOffset Now { get; private set; }

    public void At(DateTimeOffset at, Action step) => _due.Enqueue(step, (at < Now ? Now : at, _order++));

    public void RunUntil(DateTimeOffset end)
    {
        while (_due.TryPeek(out var step, out var due) && due.At <= end)
        {
            _due.Dequeue();
            Now = due.At;
            step();
        }
    }
}
