using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>Derives deployments from one source, whichever kind it is.</summary>
internal static class SourceReading
{
    /// <param name="scope">Whose pull requests count where merges are the source.</param>
    public static IEnumerable<DerivedDeployment> Derive(ServiceSource source, RepositoryFacts facts, ServiceScope scope) => source.Source switch
    {
        DeploymentSource.Environment => EnvironmentSource.Derive(facts, source.Name!),
        DeploymentSource.Workflow => WorkflowSource.Derive(facts, source.Name!, source.Branch),
        DeploymentSource.Releases => ReleaseSource.Derive(facts, source.Name),
        DeploymentSource.MergedPullRequests => MergedPullRequestSource.Derive(facts, source.Name, scope),
        _ => throw new InvalidOperationException($"No deployments are derived from {source.Source}."),
    };
}
