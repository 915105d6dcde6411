using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>Why the change failure rate (M21) and the rework rate (M24) are what they are.</summary>
public sealed class StabilityExplained(ChangeFailureRate failureRate, ReworkRate reworkRate, DeploymentItems items)
{
    internal async Task<Explanation> FailureRateAsync(Question question, CancellationToken cancellation)
    {
        var answer = await failureRate.AskAsync(question.Period, question.Filter, cancellation);
        var now = answer.Now;
        var leftOut = await items.ReasonsAsync(question.Period, question.Filter, DeploymentItems.Selection.LeftOutOfFailureRate, cancellation);
        return new Explanation(
            "Change failure rate", now.Value is { } value ? Numbers.Rate(value) : null, null, now.Total, "release",
            now.Value is not { } rate ? ["Nothing was released, so there is no rate"] :
            [
                $"{Numbers.Count(now.Failed)} failed ÷ {Numbers.Count(now.Total, "release")} = {Numbers.Rate(rate)}",
                .. now.Failed == 0 ? Array.Empty<string>() : [$"Known by an incident {Numbers.Count(now.ByIncident)}, by a rollback {Numbers.Count(now.ByRollback)}, by a revert {Numbers.Count(now.ByRevert)}; each once, by the surest sign"],
                .. now.Provisional == 0 ? Array.Empty<string>() : [$"{Numbers.Count(now.Provisional, "release")} of the last seven days can still fail"],
            ],
            [], answer.Band,
            [
                RowSet.Of(RowSet.Failed, "Failed", now.Failed), RowSet.Of(RowSet.Sound, "Did not fail", now.Total - now.Failed),
                RowSet.OfLeftOut([.. leftOut.Select(DeploymentReasons.Of)]),
            ]);
    }

    internal async Task<Explanation> ReworkRateAsync(Question question, CancellationToken cancellation)
    {
        var now = (await reworkRate.AskAsync(question.Period, question.Filter, cancellation)).Now;
        var leftOut = await items.ReasonsAsync(question.Period, question.Filter, DeploymentItems.Selection.LeftOut, cancellation);
        return new Explanation(
            "Deployment rework rate", now.Value is { } value ? Numbers.Rate(value) : null, null, now.Total, "release",
            now.Value is not { } rate ? ["Nothing was released, so there is no rate"] :
            [
                $"{Numbers.Count(now.Rework, "repair")} ÷ {Numbers.Count(now.Total, "release")} = {Numbers.Rate(rate)}",
                .. now.Rework == 0 ? Array.Empty<string>() : [$"Rollbacks {Numbers.Count(now.Rollbacks)}, ends of an incident {Numbers.Count(now.IncidentFixes)}, reverts {Numbers.Count(now.Reverts)}, hotfixes {Numbers.Count(now.Hotfixes)}"],
            ],
            [], null,
            [
                RowSet.Of(RowSet.Repairs, "Repairs", now.Rework), RowSet.Of(RowSet.Planned, "Planned", now.Total - now.Rework),
                RowSet.OfLeftOut([.. leftOut.Select(DeploymentReasons.Of)]),
            ]);
    }
}
