using Microsoft.AspNetCore.Mvc.Rendering;
using Veelocity.Web.Data;

namespace Veelocity.Web.Pages.Settings;

/// <summary>How a source of deployments is called.</summary>
internal static class ServiceWords
{
    public static IReadOnlyList<SelectListItem> Types { get; } =
    [
        new("Environment", nameof(DeploymentSource.Environment)), new("Workflow", nameof(DeploymentSource.Workflow)),
        new("Releases", nameof(DeploymentSource.Releases)), new("Git tags", nameof(DeploymentSource.Tags)),
        new("Merged pull requests (estimate)", nameof(DeploymentSource.MergedPullRequests)),
    ];

    public static string Of(ServiceSource source) =>
        Of(source.Source, source.Name) + (source.Also.Count == 0 ? null : $", {string.Join(", ", source.Also)}") + (source.Job is { } job ? $", job {job}" : null);

    public static string Of(DeploymentSource source, string? name) => source switch
    {
        DeploymentSource.Environment => $"Environment {name}",
        DeploymentSource.Workflow => $"Workflow {FileOf(name)}",
        DeploymentSource.Releases when name is not null => $"Releases tagged {name}…",
        DeploymentSource.Releases => "Releases",
        DeploymentSource.Tags => name is null ? "Git tags" : $"Git tags {name}",
        _ when name is not null => $"Merged pull requests labelled {name}",
        _ => "Merged pull requests",
    };

    /// <summary>How it is read.</summary>
    /// <param name="deployer">The repository that deploys the service; null for its own.</param>
    public static string? DetailOf(ServiceSource source, string? deployer = null) => deployer is not null
        ? $"In {deployer}, {(source.Paths.Count > 0 ? $"when {string.Join(", ", source.Paths)} changes" : "by the commits and versions it names")}"
        : source.Source switch
        {
            DeploymentSource.Workflow => $"{source.Name}, {(source.Branch is null ? "on the default branch and tags" : source.Branch == "*" ? "on any branch" : $"on {source.Branch}")}",
            DeploymentSource.Environment when source.Workflow == "*" => "By any workflow",
            DeploymentSource.Environment when source.Workflow is { } workflows => $"By {workflows}",
            DeploymentSource.MergedPullRequests => "An estimate: each merge counts as a deployment",
            DeploymentSource.Releases => "Published on GitHub; drafts and prereleases don't count",
            DeploymentSource.Tags => source.Name is null ? "With a version; prereleases don't count" : null,
            _ => null,
        };

    public static string Of(EnvironmentUse use) => use switch
    {
        EnvironmentUse.Production => "Production",
        EnvironmentUse.Staging => "Staging",
        _ => "Ignored",
    };

    private static string? FileOf(string? path) => path is null ? null : Path.GetFileName(path);
}
