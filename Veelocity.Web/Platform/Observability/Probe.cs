using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Veelocity.Web.Platform.Observability;

/// <summary>What an orchestrator asks, and how it is answered: 200 or 503, with a sentence on each check that failed.</summary>
public static class Probe
{
    /// <summary>Tag of the checks that say whether the process should be left running. None asks the database: a restart would not mend it.</summary>
    public const string Alive = "alive";

    /// <summary>Tag of the checks that say whether requests can be answered.</summary>
    public const string Ready = "ready";

    internal static HealthCheckOptions Of(string tag) => new()
    {
        Predicate = check => check.Tags.Contains(tag),
        ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(new
        {
            status = report.Status == HealthStatus.Healthy ? "healthy" : "unhealthy",
            problems = report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy)
                .Select(entry => new { check = entry.Key, message = entry.Value.Description }),
        }),
    };
}
