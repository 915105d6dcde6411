using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>A run, or one attempt of it, as REST answers it.</summary>
internal sealed record RunRow(
    long? Id,
    string? NodeId,
    string? Name,
    string? DisplayTitle,
    string? Path,
    int? RunNumber,
    int? RunAttempt,
    string? Event,
    string? Status,
    string? Conclusion,
    long? WorkflowId,
    string? HeadBranch,
    string? HeadSha,
    string? HtmlUrl,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? RunStartedAt,
    DateTimeOffset? UpdatedAt,
    AccountRow? Actor,
    AccountRow? TriggeringActor)
{
    public long RunId => Required.Of(Id, "id");
    public int Attempt => RunAttempt ?? 1;
    public bool IsCompleted => Status == "completed";

    public WorkflowRunFact ToFact(string repositoryId, IReadOnlyList<WorkflowJobFact>? jobs) => new(
        repositoryId,
        Required.Of(WorkflowId, "workflow_id"),
        RunId,
        Attempt,
        RunNumber ?? 0,
        DisplayTitle ?? Name ?? "",
        Required.Of(HtmlUrl, "html_url"),
        Event ?? "",
        HeadBranch,
        Required.Of(HeadSha, "head_sha"),
        Status ?? "unknown",
        Conclusion,
        AccountRow.ToActor(TriggeringActor ?? Actor),
        Required.Of(CreatedAt, "created_at"),
        RunStartedAt ?? Required.Of(CreatedAt, "created_at"),
        IsCompleted ? jobs?.Max(job => job.CompletedAt) ?? UpdatedAt : null,
        jobs);
}

internal sealed record JobRow(
    long? Id,
    string? Name,
    string? Status,
    string? Conclusion,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    IReadOnlyList<StepRow?>? Steps)
{
    public WorkflowJobFact ToFact() => new(
        Required.Of(Id, "id"),
        Name ?? "",
        Status ?? "unknown",
        Conclusion,
        StartedAt,
        CompletedAt,
        Steps?.FirstOrDefault(step => step?.Conclusion is "failure" or "timed_out")?.Name);
}

internal sealed record StepRow(string? Name, string? Conclusion);

internal sealed record WorkflowRow(long? Id, string? Name, string? Path, string? State);
