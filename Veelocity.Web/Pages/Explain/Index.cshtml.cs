using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Csv;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Paging;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Pages.Explain;

/// <summary>Why a value is what it is (M35): its definition, formula and rows; members may leave rows out, with a reason.</summary>
internal sealed class IndexModel(
    PageFilterReader filters, Explanations explanations, ExplainedRows drawing, Freshness.Reader freshness, MetricDecisions decisions,
    CurrentOrganization organization, PeopleSight sight, TimeProvider clock) : PageModel
{
    private const int PerPage = 20;

    private ExplainedMetric metric;

    public PageFilter Chosen { get; private set; } = null!;
    public Question Question { get; private set; } = null!;
    public Explanation Explanation { get; private set; } = null!;
    public RowSet Shown { get; private set; } = null!;
    public string? Reason { get; private set; }
    public IReadOnlyList<ExplainedRow> Rows { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;
    public DateTimeOffset? AsOf { get; private set; }

    /// <summary>The row whose form was sent without what it needs, and what that is.</summary>
    public (Guid Row, string Problem)? Wrong { get; private set; }

    /// <summary>What was just decided, in words; null when nothing was.</summary>
    public string? Done { get; private set; }

    public bool MayDecide => organization.May(Permission.EditMetricRules);
    public string Definition => Definitions.Of(metric);
    public KpiBand? Band => Question.Period == Chosen.Period ? Moved.Band(Explanation.Band) : null;

    /// <summary>Where the value stands.</summary>
    public string Back => Chosen.Address(metric switch
    {
        ExplainedMetric.DeploymentFrequency => "/dora/deployment-frequency",
        ExplainedMetric.LeadTime or ExplainedMetric.Waiting => "/dora/lead-time",
        ExplainedMetric.BuildSuccessRate or ExplainedMetric.BuildDuration or ExplainedMetric.BuildFrequency => "/builds",
        ExplainedMetric.ChangeFailureRate or ExplainedMetric.ReworkRate => "/dora/change-failure-rate",
        ExplainedMetric.FirstReview or ExplainedMetric.MergeTime or ExplainedMetric.WithoutReview => "/development",
        ExplainedMetric.CycleTime or ExplainedMetric.WorkTime or ExplainedMetric.LinkedShare => "/development/cycle-time",
        >= ExplainedMetric.MergedPulls => "/development/throughput",
        _ => "/dora/recovery",
    }, ("platform", Request.Query["platform"].ToString()));

    /// <summary>The same explanation with other rows.</summary>
    public string Address(string set, string? reason = null, params IReadOnlyList<(string, string?)> also) =>
        Why.Address(Chosen, metric, Question.Figure, [.. Asked.Select(key => (key, (string?)Request.Query[key].ToString())), ("show", set), ("reason", reason), .. also]);

    public async Task<IActionResult> OnGetAsync(string metric, CancellationToken cancellation)
    {
        if (!await AskAsync(metric, cancellation)) return NotFound();
        Done = TempData["decided"] as string;
        var wantsCsv = Request.Query["format"] == "csv";
        if (!wantsCsv)
        {
            await ReadRowsAsync(new PageRequest(int.TryParse(Request.Query["page"], out var number) && number is > 0 and < 1_000_000 ? number : 1, PerPage), cancellation);
            return Page();
        }
        var rows = await explanations.RowsAsync(Question, Shown.Key, Reason, PageRequest.Everything, cancellation);
        return File(await ExplainedRows.FileAsync(rows, cancellation), CsvFile.MediaType + "; charset=utf-8", $"{metric}-{Shown.Key}-{Chosen.Slug}.csv");
    }

    [Requires(Permission.EditMetricRules)]
    public async Task<IActionResult> OnPostAsync(
        string metric, DecisionSubject subject, Guid row, DecisionVerdict verdict, string? why, CancellationToken cancellation)
    {
        if (!await AskAsync(metric, cancellation)) return NotFound();
        try
        {
            await decisions.DecideAsync(organization.Id, User.RequiredCallerId(), new(subject, row, verdict, why), cancellation);
        }
        catch (Refused refused) when (refused.Field is not null)
        {
            // Back to the row itself, which a flash on top of another page would lose sight of.
            Wrong = (row, refused.Message);
            ModelState.AddModelError(nameof(why), refused.Message);
            await ReadRowsAsync(new PageRequest(1, PerPage), cancellation);
            return Page();
        }
        TempData["decided"] = verdict == DecisionVerdict.Exclude ? "Left out. The value is made anew." : "Counted again. The value is made anew.";
        return Redirect(Address(Shown.Key, Reason));
    }

    [Requires(Permission.EditMetricRules)]
    public async Task<IActionResult> OnPostTakeBackAsync(string metric, Guid decision, CancellationToken cancellation)
    {
        if (!await AskAsync(metric, cancellation)) return NotFound();
        if (await decisions.TakeBackAsync(organization.Id, User.RequiredCallerId(), decision, cancellation) is null) return NotFound();
        TempData["decided"] = "Taken back. The rules say again.";
        return Redirect(Address(Shown.Key, Reason));
    }

    private static readonly string[] Asked = ["bucket", "by", "over", "under", "severity", "platform", WorkView.AuthorsKey, WorkView.PersonKey];

    private async Task<bool> AskAsync(string key, CancellationToken cancellation)
    {
        if (Why.Parse<ExplainedMetric>(key) is not { } asked || await filters.ReadAsync(Request, cancellation) is not { } chosen) return false;
        (metric, Chosen) = (asked, chosen);
        Question = new Question(
            asked, Why.Parse<Figure>(Request.Query["value"]) ?? Figure.Headline, PeriodOf(chosen), chosen.Filter, Why.Parse<IncidentSeverity>(Request.Query["severity"]),
            Seconds("over"), Seconds("under"), WorkView.AuthorsOf(Request), Person)
        {
            Platform = Why.Parse<BuildPlatform>(Request.Query["platform"]),
        };
        // Whose numbers may not be seen are not there.
        if (Person is { } person && !sight.Sees(person)) return false;
        Explanation = await explanations.AskAsync(Question, cancellation);
        Shown = Explanation.Sets.FirstOrDefault(set => set.Key == Request.Query["show"].ToString()) ?? Explanation.Sets[0];
        Reason = Shown.Reasons.FirstOrDefault(reason => reason.Key == Request.Query["reason"].ToString())?.Key;
        AsOf = (await freshness.ReadAsync(organization.Id, cancellation))?.AsOf;
        return true;
    }

    private async Task ReadRowsAsync(PageRequest page, CancellationToken cancellation)
    {
        var rows = await explanations.RowsAsync(Question, Shown.Key, Reason, page, cancellation);
        Rows = await drawing.DrawAsync(rows, metric, cancellation);
        Pager = new Pager(
            page.Number, page.PerPage, Math.Max(1, (int)((rows.Total + page.PerPage - 1) / page.PerPage)), rows.Total, Explanation.Noun,
            number => Address(Shown.Key, Reason, ("page", number > 1 ? number.ToString(CultureInfo.InvariantCulture) : null)), Address(Shown.Key, Reason, ("format", "csv")));
    }

    /// <summary>The part of the bucket that lies in the period, or the period.</summary>
    private Period PeriodOf(PageFilter chosen)
    {
        var whole = chosen.Period;
        if (!DateOnly.TryParseExact(Request.Query["bucket"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return whole;
        var grouping = Grouping.Parse(Request.Query["by"]) ?? Grouping.For(whole);
        var start = grouping.StartOf(day);
        var last = grouping.Next(start).AddDays(-1);
        var (from, to) = (start < whole.FirstDay ? whole.FirstDay : start, last > whole.LastDay ? whole.LastDay : last);
        return from > to ? whole : new Period(from, to, whole.Zone, clock.GetUtcNow());
    }

    private Guid? Person => Guid.TryParse(Request.Query[WorkView.PersonKey], out var person) ? person : null;

    private double? Seconds(string key) =>
        double.TryParse(Request.Query[key], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds) && seconds >= 0 ? seconds : null;
}
