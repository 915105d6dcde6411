using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Quality;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Pages.Dora;

/// <summary>How far each service's numbers can be believed, and what would mend them (M36).</summary>
internal sealed class DataQualityModel(
    PageFilterReader filters, VeelocityDb db, DataQuality quality, Freshness.Reader freshness, CurrentOrganization organization) : DoraPage(filters, db)
{
    public DataQuality.Answer Answer { get; private set; } = null!;
    public Freshness? Freshness { get; private set; }

    public string CsvHref => Chosen.Address("/dora/data-quality", ("csv", "data-quality"));

    public bool MayMend => organization.May(Permission.EditMetricRules);

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        Answer = await quality.AskAsync(Chosen.Period, Chosen.Filter, cancellation);
        Freshness = await freshness.ReadAsync(organization.Id, cancellation);
        return await ShowAsync(cancellation, ("data-quality", Answer.Services.SelectMany(s => new FigureRow[]
        {
            Share(s, "Pull requests tied to a deployment", s.LinkedShare), Count(s, "Pull requests waiting", s.Waiting), Count(s, "Pull requests tied to nothing", s.Unlinked),
            Share(s, "Incidents tied to a release", s.LinkedIncidentsShare), Share(s, "Deployments with a known commit", s.KnownCommitsShare),
            Share(s, "Deployments with contents by time", s.ByTimeShare), Count(s, "Skewed pull requests", s.Skewed), Count(s, "Estimated source", s.IsEstimated ? 1 : 0),
        })));
    }

    public static string Words(double? share, long part, long whole) => share is { } value ? $"{Numbers.Rate(value)}, {Numbers.Count(part)} of {Numbers.Count(whole)}" : "nothing to tie";

    private static FigureRow Share(DataQuality.Measures of, string measure, double? share) =>
        new(of.Name, measure, share * 100, "%", share is { } value ? Numbers.Rate(value) : "no data", Partial: false);

    private static FigureRow Count(DataQuality.Measures of, string measure, long count) => new(of.Name, measure, count, "", Numbers.Count(count), Partial: false);
}
