using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Veelocity.Web.Sync;

/// <summary>Whether the worker still looks for work; what it works on, and a database that is away, do not keep it from looking.</summary>
internal sealed class SyncWorkerCheck(SyncWorker worker, IOptions<SyncOptions> options, TimeProvider time) : IHealthCheck
{
    // Longer than a look at the queue takes that waits for a database that is away.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(!options.Value.Worker || worker.LookedAt is { } at && time.GetUtcNow() - at < LongestSilence
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The sync worker no longer looks for work."));
}
