namespace Veelocity.Web.Connectors;

/// <summary>A connector that can look at single things again, such as those that a webhook names, without reading all else.</summary>
public interface IRefresh
{
    /// <summary>
    /// The present facts of the things asked for, to be stored like those of a fetch; cursors among them are this connector's. Things
    /// of another connector are passed over, so one request may go to all. What is gone or cannot be read is a batch with a
    /// problem; what concerns everything (token refused, limit met) is a <see cref="ConnectorException"/>.
    /// </summary>
    IAsyncEnumerable<FactBatch> RefreshAsync(RefreshRequest request, CancellationToken cancellation);
}

/// <summary>What to look at again in one repository, or one channel.</summary>
/// <param name="Cursors">This connector's, as for a fetch: what a first reading has yet to bring is left to it.</param>
public sealed record RefreshRequest(
    ConnectorCredentials Credentials,
    KnownRepository Repository,
    IReadOnlyCollection<RefreshTarget> Targets,
    IReadOnlyDictionary<(string Scope, string Resource), string> Cursors,
    StoredCommits StoredCommits)
{
    /// <summary>What of the provider is to be read at all, as for a fetch; null means all.</summary>
    public IReadOnlySet<string>? Selected { get; init; }

    /// <inheritdoc cref="FetchRequest.WantsJobs"/>
    public WantsJobs WantsJobs { get; init; } = static (_, _) => false;

    public string? CursorOf(string resource) => Cursors.GetValueOrDefault((Repository.ExternalId, resource));
}

/// <summary>One thing, or one list, of a repository.</summary>
public abstract record RefreshTarget;

/// <summary>A pull request with its reviews.</summary>
public sealed record PullRequestTarget(int Number) : RefreshTarget;

/// <summary>The commits of the default branch that are not stored yet.</summary>
public sealed record CommitsTarget : RefreshTarget;

/// <summary>The newest releases.</summary>
public sealed record ReleasesTarget : RefreshTarget;

/// <summary>A workflow run with its attempts.</summary>
public sealed record RunTarget(long RunId) : RefreshTarget;

/// <summary>A deployment with its statuses, by the provider's node id.</summary>
public sealed record DeploymentTarget(string NodeId) : RefreshTarget;

/// <summary>A message with all that was answered to it.</summary>
public sealed record ThreadTarget(string Ts) : RefreshTarget;

/// <summary>An emoji on a message, whose time nothing but the message about it tells: it is not read again but taken over.</summary>
public sealed record ReactionTarget(string Ts, string Name, string UserId, string EventTs, bool IsRemoval) : RefreshTarget;

/// <summary>A channel's name and state.</summary>
public sealed record ChannelTarget : RefreshTarget;

/// <summary>Whether the credentials are still accepted.</summary>
public sealed record CredentialsTarget : RefreshTarget;

/// <summary>An issue with its states and attachments, by the provider's id.</summary>
public sealed record IssueTarget(string Id) : RefreshTarget;

/// <summary>A cycle of a team.</summary>
public sealed record CycleTarget(string Id) : RefreshTarget;

/// <summary>A project.</summary>
public sealed record ProjectTarget(string Id) : RefreshTarget;

/// <summary>Somebody with an account.</summary>
public sealed record AccountTarget(string Id) : RefreshTarget;
