namespace Veelocity.Simulator.Gate;

/// <summary>The faults in force; change it at any time.</summary>
public sealed class Faults
{
    private readonly List<Armed> _armed = [];
    private readonly Lock _gate = new();

    /// <summary>What is in force, and how often each struck.</summary>
    public IReadOnlyList<FaultInForce> All
    {
        get
        {
            lock (_gate)
                return _armed.ConvertAll(armed => armed.Report());
        }
    }

    /// <summary>Adds a fault.</summary>
    public void Add(Fault fault)
    {
        lock (_gate)
            _armed.Add(new Armed(fault));
    }

    /// <summary>Ends this fault; the others stay.</summary>
    public void Remove(Fault fault)
    {
        lock (_gate)
            _armed.RemoveAll(armed => ReferenceEquals(armed.Fault, fault));
    }

    /// <summary>Everything works again.</summary>
    public void Clear()
    {
        lock (_gate)
            _armed.Clear();
    }

    /// <summary>Whether the body must be read to know what strikes.</summary>
    internal bool LookAtBodies
    {
        get
        {
            lock (_gate)
                return _armed.Exists(armed => armed.Fault.BodyContains is not null);
        }
    }

    /// <summary>The first fault that strikes, of those that come before the answer or of those that come after.</summary>
    internal Fault? Strike(Asked asked, bool after)
    {
        lock (_gate)
            return _armed.Find(armed => armed.Fault.ComesAfter == after && armed.Fault.Fits(asked) && armed.Strikes())?.Struck();
    }

    private sealed class Armed(Fault fault)
    {
        private readonly Random _dice = new(1);
        private int _seen;
        private int _struck;

        public Fault Fault => fault;

        public FaultInForce Report() => new(fault, _seen - _struck, _struck);

        /// <summary>The fault as it strikes this time.</summary>
        public Fault Struck() => fault.Statuses.Count == 0 ? fault : fault with { Status = fault.Statuses[(_struck - 1) % fault.Statuses.Count] };

        public bool Strikes()
        {
            if (_seen++ < fault.Skip || (_seen - fault.Skip) % fault.Every != 0 || _struck >= fault.Times || _dice.NextDouble() >= fault.Rate)
                return false;
            _struck++;
            return true;
        }
    }
}
