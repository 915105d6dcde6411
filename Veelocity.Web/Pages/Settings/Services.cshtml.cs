using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Which services there are and where the deployments of each are read from (M8).</summary>
internal sealed class ServicesModel(VeelocityDb db, CurrentOrganization organization) : PageModel
{
    public sealed record Row(
        Guid Id, string Name, string Repository, DeploymentSource Source, string? SourceName, string? Evidence, string[] PathGlobs,
        DateTimeOffset? ChosenAt, string? ChosenBy, DateTimeOffset? LastDeployedAt)
    {
        public bool IsPart => PathGlobs.Length > 0;
        public string SourceWords => ServiceWords.Of(Source, SourceName);
    }

    public IReadOnlyList<Row> Services { get; private set; } = [];

    public bool MayEdit => organization.May(Permission.EditMetricRules);

    public async Task OnGetAsync(CancellationToken cancellation) =>
        Services = await db.Services
            .Join(db.Repositories.Where(r => r.LeftAt == null), s => s.RepositoryId, r => r.Id, (s, r) => new { s, r })
            .OrderBy(x => x.r.FullName).ThenBy(x => x.s.Name)
            .Select(x => new Row(x.s.Id, x.s.Name, x.r.FullName, x.s.Source, x.s.SourceName, x.s.SourceEvidence, x.s.PathGlobs,
                x.s.ChosenAt, db.Users.Where(u => u.Id == x.s.ChosenByUserId).Select(u => u.FullName).FirstOrDefault(),
                db.Deployments.Where(d => d.ServiceId == x.s.Id && d.IsProduction && d.IsRelease).Max(d => (DateTimeOffset?)d.FinishedAt)))
            .ToListAsync(cancellation);
}
