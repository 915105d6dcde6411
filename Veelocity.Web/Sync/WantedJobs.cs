using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;

namespace Veelocity.Web.Sync;

/// <summary>Tells connectors whose jobs are wanted: of workflows that may deploy, by the organization's patterns and its services' sources, and of mobile builds.</summary>
internal static class WantedJobs
{
    public static async Task<WantsJobs> OfAsync(VeelocityDb db, Guid organizationId, CancellationToken cancellation)
    {
        var rules = await JobRules.ReadAsync(db, organizationId, cancellation);
        return (repository, workflow) => rules.Wants(
            Repository.IdOf(organizationId, repository), workflow.ExternalId, workflow.Name, workflow.Path,
            [.. workflow.Jobs.Select(job => new WorkflowJobWords(job.Key, job.Name, [.. job.Words]))]);
    }
}
