using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Which services there are and where the deployments of each are read from (M8).</summary>
internal sealed class ServicesModel(VeelocityDb db) : PageModel
{
    public sealed record Row(string Name, string Repository, string RepositoryUrl, DeploymentSource Source, string? SourceName, string? Evidence, DateTimeOffset? LastDeployedAt)
    {
        public string SourceWords => Source switch
        {
            DeploymentSource.Environment => $"Environment {SourceName}",
            DeploymentSource.Workflow => $"Workflow {SourceName}",
            DeploymentSource.Releases => "Releases",
            _ => "Merged pull requests",
        };
    }

    public IReadOnlyList<Row> Services { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation) =>
        Services = await db.Services
            .Join(db.Repositories, s => s.RepositoryId, r => r.Id, (s, r) => new { s, r })
            .OrderBy(x => x.r.FullName).ThenBy(x => x.s.Name)
            .Select(x => new Row(x.s.Name, x.r.FullName, x.r.Url, x.s.Source, x.s.SourceName, x.s.SourceEvidence,
                db.Deployments.Where(d => d.ServiceId == x.s.Id && d.IsProduction && d.IsRelease).Max(d => (DateTimeOffset?)d.FinishedAt)))
            .ToListAsync(cancellation);
}
