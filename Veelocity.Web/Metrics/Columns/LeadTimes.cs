namespace Veelocity.Web.Metrics.Columns;

/// <summary>Lead times in short: how many, their mean and exact percentiles in seconds (M2); null without any (M3).</summary>
internal sealed record LeadTimes(int Count, double? Mean, double? P50, double? P75, double? P90, double? P95)
{
    public static LeadTimes Of(Sample sample)
    {
        var found = sample.Percentiles([0.5, 0.75, 0.9, 0.95]);
        return new(sample.Count, sample.Mean, found[0], found[1], found[2], found[3]);
    }
}
