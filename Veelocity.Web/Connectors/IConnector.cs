namespace Veelocity.Web.Connectors;

/// <summary>
/// The one contract of every connector: who it is, whether credentials are good, and the provider's facts since a cursor. A connector
/// talks to the outside and knows nothing of the database; adding one means a folder and a line in <see cref="ConnectorsModule"/>.
/// </summary>
public interface IConnector
{
    ConnectorInfo Info { get; }

    /// <summary>Asks the provider whether it accepts the credentials. A refusal is a <see cref="ConnectorException"/> that says what to do.</summary>
    Task<CredentialCheck> TestAsync(ConnectorCredentials credentials, CancellationToken cancellation);

    /// <summary>Those of the selected names that the credentials don't show, for connectors whose scopes can be selected.</summary>
    Task<IReadOnlyList<string>> UnknownAsync(ConnectorCredentials credentials, IReadOnlySet<string> selected, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>
    /// Reads what changed since the request's cursors, batch by batch. The reader stores a batch and its cursor together, so reading
    /// may stop after any batch and go on from there. What fails for one scope only is a batch with a problem; what fails for all
    /// (token refused, provider unreachable, limit met) is a <see cref="ConnectorException"/>.
    /// </summary>
    IAsyncEnumerable<FactBatch> FetchAsync(FetchRequest request, CancellationToken cancellation);
}

/// <summary>What a connector is, for people and for the schedule.</summary>
/// <param name="Kind">Its name in addresses and tables, such as <c>github_actions</c>.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="CredentialsOf">The kind whose connection it uses; its own when it has credentials of its own.</param>
/// <param name="Order">Connectors of one connection run in this order, because later ones read what earlier ones found.</param>
/// <param name="SupportedMetrics">Names of the metrics it feeds, as in the API.</param>
public sealed record ConnectorInfo(string Kind, string Name, string CredentialsOf, int Order, IReadOnlyList<string> SupportedMetrics)
{
    /// <summary>Its scopes are channels of a chat; else they are repositories.</summary>
    public bool ReadsChannels { get; init; }

    /// <summary>Its scopes are teams of an issue tracker; else they are repositories.</summary>
    public bool ReadsTeams { get; init; }
}

/// <summary>A secret and the address it is for; <see cref="BaseUrl"/> null means the configured default.</summary>
public sealed record ConnectorCredentials(string Secret, Uri? BaseUrl)
{
    public override string ToString() => $"credentials for {BaseUrl?.Host ?? "the default address"}";
}

/// <summary>What an accepted token told about itself.</summary>
/// <param name="Account">The login it belongs to.</param>
/// <param name="Warnings">What will be missing, in words: a scope not granted, an expiry that is near.</param>
public sealed record CredentialCheck(string Account, IReadOnlyList<string> Warnings);

/// <summary>What to read. Cursors are the connector's own text, looked up by scope and resource.</summary>
/// <param name="Repositories">Repositories known from earlier runs; connectors that find them themselves ignore this.</param>
/// <param name="SelectedRepositories">Full names to read, or ids or keys of teams; null means all that the token sees.</param>
/// <param name="Cursors">Of a full run only those that it has moved itself, so that it reads everything again and yet goes on after a crash.</param>
/// <param name="IsFull">Everything is read again.</param>
/// <param name="HistoryStart">Nothing older than this needs to be read.</param>
public sealed record FetchRequest(
    ConnectorCredentials Credentials,
    IReadOnlyList<KnownRepository> Repositories,
    IReadOnlySet<string>? SelectedRepositories,
    IReadOnlyDictionary<(string Scope, string Resource), string> Cursors,
    bool IsFull,
    DateTimeOffset HistoryStart,
    StoredCommits StoredCommits)
{
    /// <summary>Globs of the channels to read, for connectors that read channels.</summary>
    public IReadOnlyList<string> ChannelPatterns { get; init; } = [];

    /// <summary>When the run was asked for: the same in each of its attempts, so that what one of them finished is not read again by the next.</summary>
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>Of which workflows the jobs of all runs are wanted; of the others only those of runs that failed.</summary>
    public WantsJobs WantsJobs { get; init; } = static (_, _) => false;

    public string? CursorOf(string scope, string resource) => Cursors.GetValueOrDefault((scope, resource));
}

/// <summary>A repository as the database knows it.</summary>
/// <param name="NeedsPaths">It is split into services by paths, so the files of its pull requests are wanted.</param>
/// <param name="NodeId">The provider's other id, by which many can be asked about at once.</param>
/// <param name="IsGone">The provider no longer showed it when it was last looked for.</param>
public sealed record KnownRepository(
    string ExternalId, string FullName, string? DefaultBranch, bool IsArchived, DateTimeOffset? PushedAt, bool NeedsPaths = false,
    string? NodeId = null, bool IsGone = false);

/// <summary>Facts that are stored together with the cursor that stands for them.</summary>
/// <param name="Phase">What is being read, for people: "Pull requests of acme/web".</param>
/// <param name="Done">Items of this run read so far, this batch included.</param>
/// <param name="Total">Items expected in this run; null while unknown.</param>
/// <param name="Requests">Requests sent since the batch before, retries included.</param>
/// <param name="Points">Rate-limit points they cost, where the provider counts points.</param>
public sealed record FactBatch(
    IReadOnlyList<Fact> Facts,
    CursorMove? Cursor,
    string Phase,
    long Done,
    long? Total,
    int Requests,
    int Points,
    ScopeProblem? Problem = null);

/// <summary>Where a resource of a scope is to be read on from; <see cref="Value"/> null forgets the cursor.</summary>
public sealed record CursorMove(string Scope, string Resource, string? Value);

/// <summary>One scope that could not be read, while the others go on.</summary>
public sealed record ScopeProblem(string Scope, ConnectorFault Fault, string Message);
