using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Builds;
using Veelocity.Web.Pages.Dora;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Builds;

/// <summary>Mobile builds: how many succeed, how long they take, how often they run, what makes them fail.</summary>
internal sealed class IndexModel(
    PageFilterReader filters, VeelocityDb db, BuildSuccessRate successRate, BuildDuration duration, BuildFrequency frequency, BuildFailures failures,
    FlakyBuilds flaky, BuildItems items, TimeProvider clock) : BuildsPage(filters, db)
{
    private const int Latest = 10;
    private const int MostFlaky = 8;
    private const int MostCauses = 8;
    private const int MostRepositories = 25;

    private readonly VeelocityDb db = db;

    public Grouping Grouping { get; private set; } = null!;

    /// <summary>Whether any mobile build is known at all, in whatever period.</summary>
    public bool HasBuilds { get; private set; }

    public IReadOnlyList<Kpi> Cards { get; private set; } = [];
    public ChartView Success { get; private set; } = null!;
    public ChartView Duration { get; private set; } = null!;
    public ChartView Frequency { get; private set; } = null!;
    public BuildFailures.Answer Failures { get; private set; } = null!;
    public IReadOnlyList<BuildFailures.Cause> Causes => [.. Failures.Causes.Take(MostCauses)];
    public IReadOnlyList<FlakyBuilds.Row> Flaky { get; private set; } = [];
    /// <summary>Where fewest succeed; the rest is in the file.</summary>
    public IReadOnlyList<(BuildSuccessRate.Group Rate, BuildDuration.Group? Duration)> Worst => [.. Repositories.Take(MostRepositories)];

    public IReadOnlyList<(BuildSuccessRate.Group Rate, BuildDuration.Group? Duration)> Repositories { get; private set; } = [];
    public Page<BuildItems.Item> Builds { get; private set; } = null!;

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        HasBuilds = await db.Builds.AnyAsync(cancellation);
        if (!HasBuilds) return Page();
        var (period, filter) = (Chosen.Period, Chosen.Filter);
        Grouping = Grouping.Parse(Request.Query["by"]) ?? (period.Days <= 31 ? Grouping.Day : Grouping.For(period));
        var rate = await successRate.AskAsync(period, filter, Platform, cancellation);
        var rates = await successRate.ByTimeAsync(period, filter, Platform, Grouping, cancellation);
        var took = await duration.AskAsync(period, filter, Platform, cancellation);
        var tooks = await duration.ByTimeAsync(period, filter, Platform, Grouping, cancellation);
        var often = await frequency.AskAsync(period, filter, Platform, clock.GetUtcNow(), cancellation);
        var oftens = await frequency.ByTimeAsync(period, filter, Platform, Grouping, cancellation);
        Failures = await failures.AskAsync(period, filter, Platform, cancellation);
        var charts = new BuildCharts(this, Grouping);
        (Success, Duration, Frequency) = (charts.SuccessRate(rate, rates), charts.Duration(took, tooks), charts.Frequency(often, oftens));
        if (Chosen.Repository is null) Repositories = await RepositoriesAsync(cancellation);
        Flaky = await flaky.AskAsync(period, filter, Platform, Request.Query["csv"] == "flaky" ? int.MaxValue : MostFlaky, cancellation);
        if (Request.Query.ContainsKey("csv")) return await FileAsync(cancellation);

        var cards = new BuildCards(this, Grouping);
        Cards = [cards.SuccessRate(rate, rates), cards.Duration(took, tooks), cards.Today(often), cards.Failures(Failures)];
        Builds = await items.AskAsync(period, filter, new(BuildItems.Set.All, Platform), new PageRequest(1, Latest), cancellation);
        return Page();
    }

    private async Task<IReadOnlyList<(BuildSuccessRate.Group, BuildDuration.Group?)>> RepositoriesAsync(CancellationToken cancellation)
    {
        var durations = (await duration.ByRepositoryAsync(Chosen.Period, Chosen.Filter, Platform, cancellation)).ToDictionary(group => group.Key, StringComparer.Ordinal);
        return [.. (await successRate.ByRepositoryAsync(Chosen.Period, Chosen.Filter, Platform, cancellation)).Select(group => (group, durations.GetValueOrDefault(group.Key)))];
    }

    private Task<IActionResult> FileAsync(CancellationToken cancellation) => ShowAsync(
        cancellation, (Success.Id, Success.Rows()), (Duration.Id, Duration.Rows()), (Frequency.Id, Frequency.Rows()),
        ("causes", Failures.Causes.Select(c => new FigureRow(
            string.Join(", ", new[] { BuildWords.Of(c).Name, c.Job }.OfType<string>()), "Failed attempts", c.Count, "", Numbers.Count(c.Count), Partial: false))),
        ("flaky", Flaky.Select(f => new FigureRow(
            $"{f.Repository} {f.Workflow} {BuildWords.Of(f.For)} {f.Sha}", "Failures before it passed", f.Failures, "", Numbers.Count(f.Failures), Partial: false))),
        ("by-repository", Repositories.SelectMany(r => new FigureRow[]
        {
            new(r.Rate.Label, "Success rate", r.Rate.Rates.Eventual.Value * 100, "%", r.Rate.Rates.Eventual.Value is { } value ? Numbers.Rate(value) : "no data", Partial: false),
            new(r.Rate.Label, "Median duration", r.Duration?.Value.Median, "s", r.Duration?.Value.Median is { } median ? Durations.Short(median) : "no data", Partial: false),
        })));
}
