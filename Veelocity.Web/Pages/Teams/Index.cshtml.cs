using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.People;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Teams;

/// <summary>A team, or everybody: its numbers together, who does what, what is open, how reviews are shared. People by name, never by rank.</summary>
internal sealed class IndexModel(
    PageFilterReader filters, VeelocityDb db, PeopleSight sight, Contributions contributions, OpenWork openWork, ReviewTime review, CycleTime cycle, Throughput throughput, ReviewLoad load,
    CurrentOrganization organization)
    : MeasuredPage(filters, db)
{
    private const string Path = "/team";
    private const int MostOpen = 25;

    public WorkView View { get; private set; } = null!;
    public ReviewTime.Answer Reviews { get; private set; } = null!;
    public CycleTime.Answer Cycles { get; private set; } = null!;
    public Throughput.Answer Done { get; private set; } = null!;
    public ReviewLoad.Given Given { get; private set; } = null!;
    public OpenWork.List OpenPulls { get; private set; } = null!;
    public OpenWork.List OpenIssues { get; private set; } = null!;

    /// <summary>Empty where the reader may not see people's numbers.</summary>
    public IReadOnlyList<Contributions.Member> Members { get; private set; } = [];

    public bool SeesPeople => sight.SeesEveryone;
    public string WhoMay => sight.WhoMay;
    public Guid? Oneself => sight.Oneself;
    public string Name => Chosen.Team?.Name ?? "Everybody";

    /// <summary>The reviews that each would give if all gave the same.</summary>
    public double EvenShare => Members.Count == 0 ? 0 : (double)Members.Sum(member => member.Given.Reviewed) / Members.Count;

    /// <summary>Names that more than one person has: often one person whose accounts are not merged yet.</summary>
    public int NamesakesCount => Members.GroupBy(member => Person.WithoutLogin(member.Name), StringComparer.OrdinalIgnoreCase).Count(same => same.Count() > 1);

    public bool MayMerge => organization.May(Permission.EditTeams);

    public string DeveloperHref(Guid person) => Chosen.Address($"/developers/{person}");

    public string Csv(string id) => Chosen.Address(Path, ("csv", id));

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        View = new WorkView(Chosen);
        var (period, scope) = (View.Period, View.Scope);
        var asked = Request.Query["csv"].ToString();
        if (SeesPeople) Members = await contributions.AskAsync(period, scope, cancellation);
        if (asked.Length > 0) return SeesPeople ? await ShowAsync(cancellation, ("members", MemberRows())) : Forbid();

        Reviews = await review.AskAsync(period, scope, cancellation);
        Cycles = await cycle.AskAsync(period, scope, cancellation);
        Done = await throughput.AskAsync(period, scope, cancellation);
        Given = await load.PooledAsync(period, scope, cancellation);
        OpenPulls = await openWork.PullsAsync(scope, MostOpen, cancellation);
        OpenIssues = await openWork.IssuesAsync(scope, MostOpen, cancellation);
        return Page();
    }

    private IEnumerable<FigureRow> MemberRows() => Members.SelectMany(member => new FigureRow[]
    {
        new(member.Name, "Pull requests merged", member.Merged, "", Numbers.Count(member.Merged), Partial: false),
        new(member.Name, "Pull requests reviewed", member.Given.Reviewed, "", Numbers.Count(member.Given.Reviewed), Partial: false),
        new(member.Name, "Issues completed", member.Completed, "", member.Completed is { } done ? Numbers.Count(done) : "no data", Partial: false),
        new(member.Name, "Time to first review, median", member.Waited.P50, "s", member.Waited.P50 is { } waited ? Durations.Short(waited) : "no data", Partial: false),
        new(member.Name, "Own time to review, median", member.Given.Time.P50, "s", member.Given.Time.P50 is { } took ? Durations.Short(took) : "no data", Partial: false),
    });
}
