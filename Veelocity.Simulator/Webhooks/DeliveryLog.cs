namespace Veelocity.Simulator.Webhooks;

/// <summary>Every delivery in the order it was made.</summary>
public sealed class DeliveryLog
{
    private readonly Dictionary<long, HookDelivery> _deliveries = [];
    private readonly Lock _gate = new();

    /// <summary>What was delivered so far, or tried.</summary>
    public IReadOnlyList<HookDelivery> All
    {
        get
        {
            lock (_gate)
                return [.. _deliveries.Values.OrderBy(delivery => delivery.Id)];
        }
    }

    /// <summary>The delivery with this id, or null.</summary>
    public HookDelivery? Find(long id)
    {
        lock (_gate)
            return _deliveries.GetValueOrDefault(id);
    }

    internal HookDelivery Add(HookDelivery delivery)
    {
        lock (_gate)
            return _deliveries[delivery.Id] = delivery;
    }

    internal void Answered(long id, int status, double milliseconds, string? error)
    {
        lock (_gate)
        {
            if (_deliveries.TryGetValue(id, out var known))
                _deliveries[id] = known with { Attempts = known.Attempts + 1, Status = status, Milliseconds = milliseconds, Error = error };
        }
    }

    internal void Clear()
    {
        lock (_gate)
            _deliveries.Clear();
    }
}
