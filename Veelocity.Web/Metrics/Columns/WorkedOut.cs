using System.Collections.Concurrent;

namespace Veelocity.Web.Metrics.Columns;

/// <summary>
/// What was worked out of an organization's columns before. They never change and are replaced when a row does, so an answer is right as long as they
/// are asked, and goes with them.
/// </summary>
internal sealed class WorkedOut(int most)
{
    private readonly ConcurrentDictionary<Asked, object> answers = new();

    public TAnswer Of<TAnswer>(Asked asked, Func<TAnswer> workOut)
        where TAnswer : class
    {
        if (answers.TryGetValue(asked, out var known)) return (TAnswer)known;
        // Periods are free to choose, so answers are too many to keep all; those of the pages everyone opens come back at once.
        if (answers.Count >= most) answers.Clear();
        var answer = workOut();
        if (most > 0) answers[asked] = answer;
        return answer;
    }
}

/// <summary>A question to columns: what, of which repository and service, in which spans of time.</summary>
internal sealed class Asked(string what, Guid? repository, Guid? service, string? environment, IReadOnlyList<Instants> spans, DateTimeOffset? sureUntil) : IEquatable<Asked>
{
    private readonly int hash = HashCode.Combine(what, repository, service, environment, spans.Count, spans[0], spans[^1], sureUntil);

    private (string, Guid?, Guid?, string?, DateTimeOffset?) Key => (what, repository, service, environment, sureUntil);

    private IReadOnlyList<Instants> Spans => spans;

    public bool Equals(Asked? other) => other is not null && hash == other.GetHashCode() && Key == other.Key && spans.SequenceEqual(other.Spans);

    public override bool Equals(object? obj) => Equals(obj as Asked);

    public override int GetHashCode() => hash;
}
