namespace Veelocity.Web.Connectors;

/// <summary>Whether the jobs of every run of a workflow are wanted, because its runs are deployments or builds; by the organization's own rules.</summary>
/// <param name="repository">The provider's id of its repository.</param>
public delegate bool WantsJobs(string repository, WorkflowTraits workflow);

/// <summary>What is known of a workflow when that is asked.</summary>
/// <param name="Jobs">What its file contains; empty while that is unknown.</param>
public sealed record WorkflowTraits(long ExternalId, string Name, string Path, IReadOnlyList<WorkflowFileJob> Jobs);
