using System.Text.Json.Serialization;

namespace Veelocity.Simulator.Gate;

/// <summary>What goes wrong.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
public enum FaultKind
{
    /// <summary>502 with an HTML page, as GitHub's front gives.</summary>
    BadGateway,

    /// <summary>The answer comes after <see cref="Fault.DelayMilliseconds"/>.</summary>
    Slow,

    /// <summary>The connection is cut before an answer.</summary>
    Disconnect,

    /// <summary>403 with retry-after: the secondary limit.</summary>
    SecondaryLimit,

    /// <summary>429 with an empty primary budget.</summary>
    PrimaryLimit,

    /// <summary>GraphQL answers in part, with null nodes and RESOURCE_LIMITS_EXCEEDED.</summary>
    ResourceLimits,
}

/// <summary>A fault and the requests it strikes: all of them, or those that fit every given condition.</summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>Only requests of this kind.</summary>
    public RequestKind? Request { get; init; }

    /// <summary>Only requests whose path and query hold this.</summary>
    public string? PathContains { get; init; }

    /// <summary>Only queries that may return more nodes than this.</summary>
    public long? AboveNodes { get; init; }

    /// <summary>Strikes this share of them, 0 to 1; the same ones each time from a fresh start.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Lets this many pass first.</summary>
    public int Skip { get; init; }

    /// <summary>Strikes at most this often.</summary>
    public int? Times { get; init; }

    /// <summary>For <see cref="FaultKind.Slow"/>.</summary>
    public int DelayMilliseconds { get; init; } = 1_000;

    /// <summary>For <see cref="FaultKind.SecondaryLimit"/>.</summary>
    public int RetryAfterSeconds { get; init; } = 60;
}

/// <summary>The faults in force; change it at any time.</summary>
public sealed class Faults
{
    private readonly List<Armed> _armed = [];
    private readonly Lock _gate = new();

    /// <summary>Adds a fault.</summary>
    public void Add(Fault fault)
    {
        lock (_gate)
            _armed.Add(new Armed(fault));
    }

    /// <summary>Everything works again.</summary>
    public void Clear()
    {
        lock (_gate)
            _armed.Clear();
    }

    internal Fault? Strike(RequestKind kind, string path, long nodes = 0, bool partial = false)
    {
        lock (_gate)
            return _armed.Find(armed => armed.Fits(kind, path, nodes, partial) && armed.Strikes())?.Fault;
    }

    private sealed class Armed(Fault fault)
    {
        private readonly Random _dice = new(1);
        private int _passed;
        private int _struck;

        public Fault Fault => fault;

        // Faults that need the cost of the query are looked at once more when it is known.
        public bool Fits(RequestKind kind, string path, long nodes, bool costKnown) =>
            (fault.Kind == FaultKind.ResourceLimits || fault.AboveNodes is not null) == costKnown
            && (fault.Kind != FaultKind.ResourceLimits || kind == RequestKind.GraphQl)
            && (fault.Request is null || fault.Request == kind)
            && (fault.PathContains is null || path.Contains(fault.PathContains, StringComparison.OrdinalIgnoreCase))
            && (fault.AboveNodes is null || nodes > fault.AboveNodes);

        public bool Strikes()
        {
            if (_passed++ < fault.Skip || _struck >= fault.Times || _dice.NextDouble() >= fault.Rate)
                return false;
            _struck++;
            return true;
        }
    }
}
