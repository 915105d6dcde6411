using System.Text.Json.Serialization;

namespace Veelocity.Simulator.Gate;

/// <summary>What goes wrong.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
public enum FaultKind
{
    /// <summary>502 with an HTML page, as GitHub's front gives.</summary>
    BadGateway,

    /// <summary>504 with JSON, as GitHub gives when it took more than ten seconds.</summary>
    GatewayTimeout,

    /// <summary>500 with JSON.</summary>
    ServerError,

    /// <summary>The answer comes after <see cref="Fault.DelayMilliseconds"/>.</summary>
    Slow,

    /// <summary>The connection is cut before an answer.</summary>
    Disconnect,

    /// <summary>The connection is cut in the middle of the answer's body.</summary>
    CutBody,

    /// <summary>The secondary limit, with retry-after if <see cref="Fault.RetryAfterSeconds"/> says so.</summary>
    SecondaryLimit,

    /// <summary>An empty primary budget with x-ratelimit-reset; a query is answered 200 with RATE_LIMITED.</summary>
    PrimaryLimit,

    /// <summary>401: the token was revoked.</summary>
    TokenRevoked,

    /// <summary>The organization wants the token authorized for single sign-on.</summary>
    SsoRequired,

    /// <summary>The token may not do this.</summary>
    MissingPermission,

    /// <summary>Not there, or not for this token.</summary>
    NotFound,

    /// <summary>The Actions addresses of a repository answer 404.</summary>
    ActionsDisabled,

    /// <summary>GraphQL answers in part, with null nodes and RESOURCE_LIMITS_EXCEEDED.</summary>
    ResourceLimits,

    /// <summary>GraphQL answers in part, with null nodes and "Something went wrong".</summary>
    PartialData,

    /// <summary>The answer's JSON ends in the middle.</summary>
    MalformedJson,

    /// <summary>Every third row of the answer's first list is null, and nothing says so.</summary>
    NullRows,

    /// <summary>GraphQL gave up: "Something went wrong while executing your query", and no data at all.</summary>
    QueryTimeout,
}

/// <summary>A fault and the requests it strikes: all of them, or those that fit every given condition.</summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>Only requests to GitHub, not to Linear or Slack.</summary>
    public bool OnlyGitHub { get; init; }

    /// <summary>Only requests of this kind.</summary>
    public RequestKind? Request { get; init; }

    /// <summary>Only requests whose path and query hold this.</summary>
    public string? PathContains { get; init; }

    /// <summary>Only requests whose body holds this: the name of a query, or of a repository among its variables.</summary>
    public string? BodyContains { get; init; }

    /// <summary>Only requests with this token.</summary>
    public string? Token { get; init; }

    /// <summary>Only queries that may return more nodes than this.</summary>
    public long? AboveNodes { get; init; }

    /// <summary>Strikes this share of them, 0 to 1; the same ones each time from a fresh start.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Strikes only every nth of them.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Lets this many pass first.</summary>
    public int Skip { get; init; }

    /// <summary>Strikes at most this often.</summary>
    public int? Times { get; init; }

    /// <summary>Answers with this status in place of the kind's usual one.</summary>
    public int? Status { get; init; }

    /// <summary>Answers with these statuses in turn.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [];

    /// <summary>For <see cref="FaultKind.Slow"/>.</summary>
    public int DelayMilliseconds { get; init; } = 1_000;

    /// <summary>For <see cref="FaultKind.SecondaryLimit"/>; null leaves the header out.</summary>
    public int? RetryAfterSeconds { get; init; } = 60;

    /// <summary>For <see cref="FaultKind.PrimaryLimit"/>: when the budget is full again.</summary>
    public int ResetSeconds { get; init; } = 1_800;

    /// <summary>Those that need the query's cost, or spoil a good answer, are looked at when there is an answer.</summary>
    internal bool ComesAfter => AboveNodes is not null || SpoilsAnswer;

    internal bool SpoilsAnswer => Kind is FaultKind.CutBody or FaultKind.ResourceLimits or FaultKind.PartialData or FaultKind.MalformedJson or FaultKind.NullRows;

    internal bool Fits(Asked asked) =>
        (Kind is not (FaultKind.ResourceLimits or FaultKind.PartialData or FaultKind.QueryTimeout) || asked.Kind == RequestKind.GraphQl)
        && (!OnlyGitHub || asked.IsGitHub)
        && (Kind != FaultKind.ActionsDisabled || asked.Path.Contains("/actions/", StringComparison.Ordinal))
        && (Request is null || Request == asked.Kind)
        && (PathContains is null || asked.Path.Contains(PathContains, StringComparison.OrdinalIgnoreCase))
        && (BodyContains is null || asked.Body.Contains(BodyContains, StringComparison.OrdinalIgnoreCase))
        && (Token is null || Token == asked.Token)
        && (AboveNodes is null || asked.Nodes > AboveNodes);
}

/// <summary>What is known of a request when faults are looked for.</summary>
internal sealed record Asked(RequestKind Kind, string Path, string Body, string Token, long Nodes = 0)
{
    public bool IsGitHub => !Path.StartsWith(Linear.LinearRoutes.Root + "/", StringComparison.Ordinal) && !Path.StartsWith(Slack.SlackRoutes.Root + "/", StringComparison.Ordinal);
}

/// <summary>A fault in force, and how often it let pass and struck.</summary>
public sealed record FaultInForce(Fault Fault, int Passed, int Struck);
