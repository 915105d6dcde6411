using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Data;

namespace Veelocity.Web.Api.V1;

/// <summary>Where deployments are read from.</summary>
internal sealed record SourceBody
{
    [Required(ErrorMessage = "Choose environment, workflow, releases, tags or merged_pull_requests.")]
    public DeploymentSource? Type { get; init; }

    /// <summary>The environment, the workflow's name or file, a pattern for tags, the start of the releases' tags, or a label; null for all.</summary>
    public string? Name { get; init; }

    /// <summary>More environments that are the same production, such as regions.</summary>
    [MaxLength(100, ErrorMessage = "Name at most 100 environments.")]
    public IReadOnlyList<string>? Also { get; init; }

    /// <summary>For a workflow: the branches whose runs count, with <c>*</c> as a wildcard; null for the default branch and tags.</summary>
    public string? Branch { get; init; }

    /// <summary>For a workflow: the job that deploys, a name or pattern; null for the whole run.</summary>
    public string? Job { get; init; }

    /// <summary>For an environment: only deployments by these workflows; <c>*</c> for all; null skips those that don't deploy.</summary>
    public string? Workflow { get; init; }

    /// <summary>The repository that deploys the service; null for its own.</summary>
    public Guid? RepositoryId { get; init; }

    /// <summary>Paths in that repository whose changes deploy the service.</summary>
    public IReadOnlyList<string>? Paths { get; init; }

    public ServiceSource ToSource() => new(Type!.Value, Name, Branch) { Also = Also ?? [], Job = Job, Workflow = Workflow, RepositoryId = RepositoryId, Paths = Paths ?? [] };
}

/// <summary>The same in an address.</summary>
internal sealed record SourceQuery
{
    [FromQuery(Name = "type"), Required(ErrorMessage = "Choose environment, workflow, releases, tags or merged_pull_requests.")]
    [AllowedValues(null, "environment", "workflow", "releases", "tags", "merged_pull_requests", ErrorMessage = "Choose environment, workflow, releases, tags or merged_pull_requests.")]
    public string? Type { get; init; }

    [FromQuery(Name = "name")]
    public string? Name { get; init; }

    [FromQuery(Name = "also")]
    public string[]? Also { get; init; }

    [FromQuery(Name = "branch")]
    public string? Branch { get; init; }

    [FromQuery(Name = "job")]
    public string? Job { get; init; }

    [FromQuery(Name = "workflow")]
    public string? Workflow { get; init; }

    [FromQuery(Name = "repository_id"), IdOf<Repository>("repository")]
    public Guid? RepositoryId { get; init; }

    [FromQuery(Name = "paths")]
    public string[]? Paths { get; init; }

    public ServiceSource ToSource() => new(SnakeCaseEnum<DeploymentSource>.FromText(Type!), Name, Branch)
    {
        Also = Also ?? [],
        Job = Job,
        Workflow = Workflow,
        RepositoryId = RepositoryId,
        Paths = Paths ?? [],
    };
}
