namespace Veelocity.Web.Connectors.Slack;

/// <summary>How far a channel has been read. A window is read from its newest message back; threads in it are read as they are met.</summary>
internal sealed record ChannelCursor
{
    public const string Resource = "messages";

    /// <summary>The newest message of the last window that was read whole; null before the first.</summary>
    public string? Newest { get; init; }

    /// <summary>When the run was asked for that read it last: with one request a minute a run has many attempts, and must not begin anew in each.</summary>
    public DateTimeOffset? ReadFor { get; init; }

    /// <summary>Where the window under way begins; null between windows.</summary>
    public string? From { get; init; }

    /// <summary>All of the window from here on is read.</summary>
    public string? Until { get; init; }

    /// <summary>The window's newest message.</summary>
    public string? Top { get; init; }

    /// <summary>Slack's own mark of the next page.</summary>
    public string? Next { get; init; }

    /// <summary>There is no further page; only threads of the last one may wait.</summary>
    public bool IsLast { get; init; }

    /// <summary>Threads of the last page that have news, with their mark.</summary>
    public Dictionary<string, string> Waiting { get; init; } = [];

    /// <summary>Threads and the mark they had when they were read.</summary>
    public Dictionary<string, string> Threads { get; init; } = [];

    /// <summary>The thread under way, and the answer up to which it is read.</summary>
    public string? Thread { get; init; }
    public string? ThreadUpTo { get; init; }

    /// <summary>The same after a thread was read to its end.</summary>
    public ChannelCursor With(string thread, string mark) => this with
    {
        Thread = null,
        ThreadUpTo = null,
        Threads = new(Threads) { [thread] = mark },
        Waiting = Waiting.Where(w => w.Key != thread).ToDictionary(StringComparer.Ordinal),
    };
}
