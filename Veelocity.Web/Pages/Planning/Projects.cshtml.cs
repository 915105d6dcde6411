using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Planning;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Planning;

/// <summary>The projects of the issue tracker, those under way first.</summary>
internal sealed class ProjectsModel(CurrentOrganization current, VeelocityDb db, Projects projects) : PlanningPage(current, db)
{
    private const string Path = "/planning/projects";

    public Page<Projects.Item> Projects { get; private set; } = null!;

    public Pager Pager => new(Projects.Number, Projects.PerPage, Projects.LastNumber, Projects.Total, "project",
        page => Address(Path, ("page", page > 1 ? $"{page}" : null)), Address(Path, ("format", "csv")));

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        Projects = await projects.AskAsync(Current.Id, Team?.IssueTeamId, WantsCsv ? PageRequest.Everything : new PageRequest(PageNumber), cancellation);
        return WantsCsv ? await CsvAsync("projects", Projects.Items.Select(ProjectRow.Of), cancellation) : Page();
    }
}
