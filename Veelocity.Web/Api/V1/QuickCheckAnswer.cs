using Veelocity.Web.Metrics;

namespace Veelocity.Web.Api.V1;

/// <summary>DORA's Quick Check: 0 to 10 for each metric and overall, beside the mean of all industries in the named survey.</summary>
/// <param name="Overall">The mean of the metrics that have a score; null when none has.</param>
internal sealed record QuickCheckAnswer(string Source, double? Overall, double IndustryOverall, IReadOnlyList<QuickCheck.Score> Scores)
{
    public static QuickCheckAnswer Of(QuickCheck check) => new(QuickCheck.Source, check.Overall, check.IndustryOverall, check.Scores);
}
