using System.Globalization;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>A run with its jobs as GraphQL answers it: jobs are the check runs of the run's suite.</summary>
internal sealed record JobRunNode(string? Id, SuiteNode? CheckSuite)
{
    /// <summary>Null when not all jobs are here.</summary>
    public PageNode? WholePage => CheckSuite?.CheckRuns is { Next: null } page ? page : null;
}

internal sealed record SuiteNode(PageNode? CheckRuns);

internal sealed record CheckRunNode(
    long? DatabaseId,
    string? Url,
    string? Name,
    string? Status,
    string? Conclusion,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    PageNode? Steps)
{
    /// <summary>The job's number; GraphQL's own does not fit into the type it is declared with, but the address ends with it.</summary>
    public long? JobId => DatabaseId ?? (long.TryParse(Url?[(Url.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture, out var id) ? id : null);

    public bool HasFailed => Conclusion is "FAILURE" or "TIMED_OUT";

    public WorkflowJobFact ToFact() => new(
        Required.Of(JobId, "databaseId"),
        Name ?? "",
        Status?.ToLowerInvariant() ?? "unknown",
        Conclusion?.ToLowerInvariant(),
        StartedAt,
        CompletedAt,
        null);
}
