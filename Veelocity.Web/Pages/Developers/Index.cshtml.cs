using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Metrics.People;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Developers;

/// <summary>One person's work: their numbers, beside their team's, over time, and what they did when.</summary>
internal sealed class IndexModel(
    PageFilterReader filters, VeelocityDb db, PeopleSight sight, DeveloperFigures figures, DeveloperTimeline timeline, Throughput throughput,
    ReviewTime review, ReviewLoad load, Contributions contributions, CurrentOrganization organization) : MeasuredPage(filters, db)
{
    private const int PerPage = 20;

    // Beside one other, an average would be that other's number.
    private const int MinComparedPeople = 3;

    public string Name { get; private set; } = "";

    /// <summary>Whether the reader may see these numbers; else why not is all there is.</summary>
    public bool IsSeen { get; private set; }

    public string WhoMay => sight.WhoMay;
    public bool IsOneself => sight.Oneself == View.PersonId;
    public WorkView View { get; private set; } = null!;
    public Grouping Grouping { get; private set; } = null!;
    public IReadOnlyList<string> Accounts { get; private set; } = [];
    public DeveloperFigures.Figures Own { get; private set; } = null!;
    public IReadOnlyList<Comparison> Comparisons { get; private set; } = [];
    public ComparedWith With { get; private set; } = null!;
    public IReadOnlyList<ChartView> Charts { get; private set; } = [];
    public Page<DeveloperTimeline.Entry> Timeline { get; private set; } = null!;
    public string Path => $"/developers/{View.PersonId}";

    public Pager Pager => new(Timeline.Number, Timeline.PerPage, Timeline.LastNumber, Timeline.Total, "event",
        page => Chosen.Address(Path, ("page", page > 1 ? $"{page}" : null)), Chosen.Address(Path, ("csv", "timeline")));

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        if (!Guid.TryParse((string?)RouteData.Values["person"], out var id) || await Db.People.SingleOrDefaultAsync(p => p.Id == id, cancellation) is not { } person) return NotFound();
        // The team in the address is who to compare with, not what to narrow to.
        View = new WorkView(Chosen with { Team = null, Filter = Chosen.Filter with { TeamId = null } }, PersonId: id);
        IsSeen = sight.Sees(id);
        if (!IsSeen)
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }
        Name = person.Name;
        var (period, scope) = (View.Period, View.Scope);
        Accounts = await Db.Accounts.Where(a => a.PersonId == id && a.Provider != "git").OrderBy(a => a.Provider).ThenBy(a => a.Login)
            .Select(a => a.Provider + " " + a.Login).ToListAsync(cancellation);
        Own = await figures.AskAsync(period, scope, cancellation);
        await CompareAsync(id, cancellation);
        Charts = await ChartsAsync(scope, cancellation);
        var isFile = Request.Query["csv"] == "timeline";
        Timeline = await timeline.AskAsync(period, scope, isFile ? PageRequest.Everything : new PageRequest(PageNumber, PerPage), cancellation);
        if (isFile) return await CsvAsync($"timeline-{Chosen.Slug}", Timeline.Items.Select(TimelineRow.Of), cancellation);
        return await ShowAsync(cancellation, [.. Charts.Select(chart => (chart.Id, chart.Rows())), ("comparison", Comparisons.SelectMany(c => c.Rows(Name, With.Name)))]);
    }

    private async Task CompareAsync(Guid person, CancellationToken cancellation)
    {
        With = await TeamOfAsync(person, cancellation) ?? await EveryoneAsync(cancellation);
        if (With.People < (sight.SeesEveryone ? 2 : MinComparedPeople)) return;
        var theirs = await figures.AskAsync(View.Period, new WorkScope(Chosen.Filter with { TeamId = With.TeamId }), cancellation);
        Comparisons = Comparison.Of(Own, theirs, With.People);
    }

    /// <summary>The team in the address, otherwise the first they are in; null when there is none to compare with.</summary>
    private async Task<ComparedWith?> TeamOfAsync(Guid person, CancellationToken cancellation)
    {
        var teams = await Db.TeamMembers.Where(m => m.PersonId == person && m.RemovedAt == null)
            .Join(Db.Teams.Where(t => t.ArchivedAt == null), m => m.TeamId, t => t.Id, (_, t) => new { t.Id, t.Name }).OrderBy(t => t.Name).ToListAsync(cancellation);
        if ((teams.Find(t => t.Id == Chosen.Team?.Id) ?? teams.FirstOrDefault()) is not { } team) return null;
        var size = await Db.TeamMembers.CountAsync(m => m.TeamId == team.Id && m.RemovedAt == null, cancellation);
        return size < 2 || (!sight.SeesEveryone && size < MinComparedPeople) ? null : new ComparedWith(team.Id, team.Name, size);
    }

    /// <summary>Everyone in the organization who contributed in the period.</summary>
    private async Task<ComparedWith> EveryoneAsync(CancellationToken cancellation)
    {
        var members = await contributions.AskAsync(View.Period, new WorkScope(View.Scope.Filter), cancellation);
        return new ComparedWith(null, organization.Name, members.Count(member => member.Contributed > 0));
    }

    private async Task<IReadOnlyList<ChartView>> ChartsAsync(WorkScope scope, CancellationToken cancellation)
    {
        var grouping = Grouping = Buckets.Chosen(Chosen, Request);
        var split = WorkSplit.By(grouping);
        var done = await throughput.GroupsAsync(View.Period, scope, split, cancellation);
        var given = await load.ByTimeAsync(View.Period, scope, grouping, cancellation);
        var waited = await review.GroupsAsync(View.Period, scope, split, cancellation);
        return [DeveloperCharts.Work(View, Path, grouping, done, given), .. Own.Received.Count > 0 ? [DeveloperCharts.Waited(View, Path, grouping, Own.Received, waited)] : Array.Empty<ChartView>()];
    }
}

/// <summary>Whose average a person is shown beside: a team's, or the whole organization's.</summary>
internal sealed record ComparedWith(Guid? TeamId, string Name, int People)
{
    public string Noun => TeamId is null ? "organization" : "team";
}
