using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>Derives deployments from one source, whichever kind it is.</summary>
internal static class SourceReading
{
    /// <param name="scope">Whose pull requests count where merges are the source.</param>
    public static IEnumerable<DerivedDeployment> Derive(ServiceSource source, RepositoryFacts facts, ServiceScope scope)
    {
        if (source.RepositoryId is { } other)
            return facts.Others.FirstOrDefault(o => o.Id == other) is { } deployer ? OtherRepositorySource.Derive(source, facts, deployer) : [];
        return source.Source switch
        {
            DeploymentSource.Environment => EnvironmentSource.Derive(facts, source),
            DeploymentSource.Workflow => WorkflowSource.Derive(facts, source),
            DeploymentSource.Releases => ReleaseSource.Derive(facts, source.Name),
            DeploymentSource.Tags => TagSource.Derive(facts, source.Name),
            DeploymentSource.MergedPullRequests => MergedPullRequestSource.Derive(facts, source.Name, scope),
            _ => throw new InvalidOperationException($"No deployments are derived from {source.Source}."),
        };
    }
}
