using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync.Rows;

/// <summary>Environments, deployments to them, and every status these passed.</summary>
internal sealed class DeploymentRows(RowOwner owner)
{
    public Dictionary<(Guid, string), DeploymentEnvironment> Environments { get; } = [];
    public Dictionary<Guid, EnvironmentDeployment> Deployments { get; } = [];
    public Dictionary<(Guid, string), EnvironmentDeploymentStatus> Statuses { get; } = [];

    public void Add(EnvironmentFact fact)
    {
        var repositoryId = owner.RepositoryOf(fact.RepositoryExternalId);
        Environments[(repositoryId, fact.Name)] = new DeploymentEnvironment
        {
            OrganizationId = owner.OrganizationId,
            RepositoryId = repositoryId,
            Name = fact.Name,
            IsDeclaredProduction = fact.IsProduction,
            IsDeclaredTransient = fact.IsTransient,
        };
    }

    public void Add(EnvironmentDeploymentFact fact)
    {
        var repositoryId = owner.RepositoryOf(fact.RepositoryExternalId);
        var id = EnvironmentDeployment.IdOf(repositoryId, fact.ExternalId);
        Deployments[id] = new EnvironmentDeployment
        {
            Id = id,
            OrganizationId = owner.OrganizationId,
            RepositoryId = repositoryId,
            ExternalId = fact.ExternalId,
            NodeId = fact.NodeId,
            Environment = fact.Environment,
            Sha = fact.Sha,
            Ref = fact.Ref,
            Description = fact.Description,
            CreatorAccountId = owner.AccountOf(fact.Creator),
            CreatedAt = fact.CreatedAt,
        };
        foreach (var status in fact.Statuses)
        {
            Statuses[(id, status.ExternalId)] = new EnvironmentDeploymentStatus
            {
                OrganizationId = owner.OrganizationId,
                EnvironmentDeploymentId = id,
                ExternalId = status.ExternalId,
                State = status.State,
                CreatedAt = status.CreatedAt,
                LogUrl = status.LogUrl,
            };
        }
    }
}
