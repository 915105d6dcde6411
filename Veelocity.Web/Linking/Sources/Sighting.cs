using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>How often and how recently a source deployed.</summary>
internal sealed record Sighting(SourceAge Age, int Count, int Failed, DateTimeOffset LastAt, string Text)
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(90);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>Null for what never succeeded.</summary>
    public static Sighting? Of(IEnumerable<DerivedDeployment> deployments, DateTimeOffset now)
    {
        var all = deployments.Where(d => d.IsProduction && d.FinishedAt <= now).ToList();
        var times = all.Where(d => d.IsSuccess).Select(d => d.FinishedAt).ToList();
        if (times.Count == 0) return null;
        var failed = all.Count(d => !d.IsSuccess && d.FinishedAt > now - Recent);
        var recent = times.Count(t => t > now - Recent);
        if (recent > 0) return new(SourceAge.Last90Days, recent, failed, times.Max(), $"{Deployments(recent)} in the last 90 days");
        var year = times.Count(t => t > now - Year);
        return year > 0
            ? new(SourceAge.LastYear, year, failed, times.Max(), $"{Deployments(year)} in the last year, none in the last 90 days")
            : new(SourceAge.Earlier, times.Count, failed, times.Max(), $"{Deployments(times.Count)}, the last on {times.Max():yyyy-MM-dd}");
    }

    public SourceCandidate As(ServiceSource source, int rank, string evidence, bool isAutomatic) =>
        new(source, Age, rank, Count, Failed, LastAt, evidence, isAutomatic);

    private static string Deployments(int count) => count == 1 ? "1 deployment" : $"{count} deployments";
}
