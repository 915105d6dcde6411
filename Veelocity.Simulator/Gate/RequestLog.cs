using System.Text.Json.Serialization;

namespace Veelocity.Simulator.Gate;

/// <summary>Which of the two interfaces was called.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestKind>))]
public enum RequestKind
{
    /// <summary>A REST request: costs 1 of <c>core</c>, or 0 when nothing had changed.</summary>
    Rest,

    /// <summary>A query: costs points of <c>graphql</c>.</summary>
    GraphQl,
}

/// <summary>One request that was answered.</summary>
public sealed record LoggedRequest(DateTimeOffset At, string Method, string Path, RequestKind Kind, string? Operation, int Cost, int Status, double Milliseconds);

/// <summary>Every request in the order of their answers, for tests and for counting what a sync costs.</summary>
public sealed class RequestLog
{
    private readonly List<LoggedRequest> _requests = [];
    private readonly Lock _gate = new();

    /// <summary>What was asked so far.</summary>
    public IReadOnlyList<LoggedRequest> All
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    /// <summary>Forgets.</summary>
    public void Clear()
    {
        lock (_gate)
            _requests.Clear();
    }

    internal void Add(LoggedRequest request)
    {
        lock (_gate)
            _requests.Add(request);
    }
}
