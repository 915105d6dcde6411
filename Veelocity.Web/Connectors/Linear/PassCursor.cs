namespace Veelocity.Web.Connectors.Linear;

/// <summary>
/// How far one list has been read. It is read newest change first, so that only its end says that all is read: then everything that changed
/// before it was begun is known.
/// </summary>
internal sealed record PassCursor
{
    /// <summary>When the last pass that came to its end was begun, by Linear's clock; null before the first.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>When the run was asked for that read it last: what one attempt has finished, the next does not read again.</summary>
    public DateTimeOffset? ReadFor { get; init; }

    /// <summary>When the pass under way was begun, by Linear's clock; null between passes.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>Nothing older is read in it: Linear's mark of a page stands for the question it was given with.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Linear's mark of the next page.</summary>
    public string? After { get; init; }

    /// <summary>Which teams it is about; of others nothing has been read.</summary>
    public string? Teams { get; init; }
}
