using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Badges;

/// <summary>The DORA metrics of the last 30 days as badges; the same questions as on the pages and in the API.</summary>
internal sealed class BadgeNumbers(DeploymentFrequency frequency, LeadTimeForChanges leadTime, ChangeFailureRate failureRate, TimeToRecovery recovery)
{
    public const string Frequency = "deployment-frequency", LeadTime = "lead-time", FailureRate = "change-failure-rate", Recovery = "recovery";

    /// <summary>How each is called in an address, and in words.</summary>
    public static readonly IReadOnlyList<(string Metric, string Name)> All =
        [(Frequency, "Deployment frequency"), (LeadTime, "Lead time for changes"), (FailureRate, "Change failure rate"), (Recovery, "Time to recovery")];

    private const string NoData = "no data";
    private const int Days = 30;

    /// <summary>Null for a metric that has no badge.</summary>
    public async Task<Badge?> DrawAsync(string metric, Guid organizationId, TimeZoneInfo zone, DateTimeOffset now, CancellationToken cancellation)
    {
        var (period, filter) = (Period.LastDays(Days, zone, now), new Filter(organizationId));
        switch (metric)
        {
            case Frequency:
                var often = await frequency.AskAsync(period, filter, cancellation);
                return Of("deployments", Numbers.Frequency(often.PerDay), often.Band, "Deployment frequency");
            case LeadTime:
                var lead = await leadTime.AskAsync(period, filter, cancellation);
                return Of("lead time", lead.Value.P50 is { } median ? Durations.Short(median) : NoData, lead.Band, "Lead time for changes, median");
            case FailureRate:
                var failures = await failureRate.AskAsync(period, filter, cancellation);
                return Of("change failure rate", failures.Now.Value is { } rate ? Numbers.Rate(rate) : NoData, failures.Band, "Change failure rate");
            case Recovery:
                var recovered = await recovery.AskAsync(period, filter, cancellation);
                return Of("time to recovery", recovered.Now.Mean is { } mean ? Durations.Short(mean) : NoData, recovered.Band, "Time to recovery, mean");
            default:
                return null;
        }
    }

    private static Badge Of(string name, string value, Band? band, string whole) =>
        new(name, value, band, $"{whole} of the last {Days} days: {value}{(band is { } level ? $" ({level}, {Bands.Source})" : "")}");
}
