using Veelocity.Web.Data;

namespace Veelocity.Web.Pages.Settings;

/// <summary>How a source of deployments is called.</summary>
internal static class ServiceWords
{
    public static string Of(ServiceSource source) => Of(source.Source, source.Name);

    public static string Of(DeploymentSource source, string? name) => source switch
    {
        DeploymentSource.Environment => $"Environment {name}",
        DeploymentSource.Workflow => $"Workflow {FileOf(name)}",
        DeploymentSource.Releases when name is not null => $"Releases tagged {name}…",
        DeploymentSource.Releases => "Releases",
        _ when name is not null => $"Merged pull requests labelled {name}",
        _ => "Merged pull requests",
    };

    public static string Of(EnvironmentUse use) => use switch
    {
        EnvironmentUse.Production => "Production",
        EnvironmentUse.Staging => "Staging",
        _ => "Ignored",
    };

    private static string? FileOf(string? path) => path is null ? null : Path.GetFileName(path);
}
