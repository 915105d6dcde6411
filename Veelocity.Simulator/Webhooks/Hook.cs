using System.Text.Json.Serialization;

namespace Veelocity.Simulator.Webhooks;

/// <summary>How a hook's body is sent.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HookContent>))]
public enum HookContent
{
    /// <summary>application/json.</summary>
    [JsonStringEnumMemberName("json")]
    Json,

    /// <summary>application/x-www-form-urlencoded with the JSON as <c>payload</c>: the signature covers that text.</summary>
    [JsonStringEnumMemberName("form")]
    Form,
}

/// <summary>A registered webhook: where to, signed with what, of which events, and how badly it behaves.</summary>
public sealed record Hook(Uri Url, string Secret)
{
    /// <summary>The number GitHub sends as X-GitHub-Hook-ID.</summary>
    public long Id { get; init; }

    /// <summary>The events it wants; all of them if none is named.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Owner and name of the one repository it is for; else it is for the organization.</summary>
    public string? Repository { get; init; }

    /// <summary>JSON or form.</summary>
    public HookContent ContentType { get; init; }

    /// <summary>How often each delivery is sent, under the same delivery id.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>How long each delivery waits.</summary>
    public int DelayMilliseconds { get; init; }

    /// <summary>Each delivery waits by chance up to so much longer, so that they overtake each other.</summary>
    public int ShuffleMilliseconds { get; init; }

    /// <summary>Signs with another secret.</summary>
    public bool HasWrongSignature { get; init; }

    /// <summary>Sends nothing; what would have been sent is logged and can be sent later.</summary>
    public bool IsSilent { get; init; }

    internal bool Wants(string happening, string repository) =>
        (Events.Count == 0 || happening == "ping" || Events.Contains(happening, StringComparer.Ordinal) || Events.Contains("*", StringComparer.Ordinal))
        && (Repository is null || Repository.Equals(repository, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One delivery and what came of its last attempt; the status is 0 until it was answered.</summary>
public sealed record HookDelivery(long Id, Guid Guid, long HookId, string Event, string? Action, string Repository, DateTimeOffset At, string Body)
{
    /// <summary>How often it was sent.</summary>
    public int Attempts { get; init; }

    /// <summary>The answer's status.</summary>
    public int Status { get; init; }

    /// <summary>How long the answer took.</summary>
    public double Milliseconds { get; init; }

    /// <summary>Why there was no answer.</summary>
    public string? Error { get; init; }
}
