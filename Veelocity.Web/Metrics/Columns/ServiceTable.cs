namespace Veelocity.Web.Metrics.Columns;

/// <summary>The services of a repository's rows as small numbers, and which of them are asked for.</summary>
internal sealed class ServiceTable
{
    private readonly List<Guid> ids = [];
    private readonly Dictionary<Guid, ushort> numbers = [];

    public ushort NumberOf(Guid service)
    {
        if (numbers.TryGetValue(service, out var known)) return known;
        ids.Add(service);
        return numbers[service] = checked((ushort)(ids.Count - 1));
    }

    /// <summary>For each number whether it is asked for; null when all are.</summary>
    public bool[]? MaskOf(IReadOnlySet<Guid>? asked)
    {
        if (asked is null) return null;
        var mask = ids.ConvertAll(asked.Contains);
        return mask.TrueForAll(isAsked => isAsked) ? null : [.. mask];
    }
}
