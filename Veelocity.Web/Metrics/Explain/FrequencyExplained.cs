using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>Why deployment frequency is what it is: releases ÷ elapsed days (M5, M18), and what is no release (M9, M12).</summary>
public sealed class FrequencyExplained(DeploymentFrequency frequency, FirstData firstData, DeploymentItems items)
{
    internal async Task<Explanation> AskAsync(Question question, CancellationToken cancellation)
    {
        var (period, filter) = (question.Period, question.Filter);
        var answer = await frequency.AskAsync(period, filter, cancellation);
        var first = await firstData.AskAsync(filter, cancellation);
        var leftOut = await items.ReasonsAsync(period, filter, DeploymentItems.Selection.LeftOut, cancellation);
        var elapsed = period.ElapsedDays(first);
        return new Explanation(
            "Deployment frequency",
            answer.PerDay is 0 ? "0" : Numbers.Frequency(answer.PerDay), $"{Numbers.TwoFigures(answer.PerDay)} a day, {Numbers.TwoFigures(answer.PerWeek)} a week",
            answer.Total, "release",
            [
                elapsed is { } days
                    ? $"{Numbers.Count(answer.Total, "release")} ÷ {Days(days)} days = {Numbers.TwoFigures(answer.PerDay)} a day, {Numbers.TwoFigures(answer.PerWeek)} a week"
                    : "No repository existed yet in this period, so there is no data",
                .. Since(period, first),
                $"On {Numbers.Count(answer.DaysWithDeployments, "day")} with at least one release",
            ],
            [], answer.Band,
            [RowSet.Of(RowSet.In, "Releases", answer.Total), RowSet.OfLeftOut([.. leftOut.Select(DeploymentReasons.Of)])]);
    }

    // Days that have not passed, or in which nothing could be deployed, do not count.
    private static IEnumerable<string> Since(Period period, DateTimeOffset? first)
    {
        if (first > period.From) yield return $"Days count from {Dates.In(period.Zone.Id).Short(first.Value)}, when the first repository was made";
        if (period.ElapsedTo < period.To) yield return $"Days count until {Dates.In(period.Zone.Id).Short(period.ElapsedTo)}: the period is not over";
    }

    private static string Days(double days) => Numbers.WithDecimals(days, days < 10 ? 2 : 1);
}
