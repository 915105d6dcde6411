using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Veelocity.Web.Data;

/// <summary>Whether the database answers and is at this version, or at a later one.</summary>
internal sealed class DatabaseCheck(VeelocityDb db) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            db.Scope = RowScope.Maintenance; // the list of migrations belongs to the tables' owner
            if (await IsMigratingAsync(patience.Token)) return HealthCheckResult.Healthy("A later version migrates the database; this one goes on meanwhile.");
            var missing = (await db.Database.GetPendingMigrationsAsync(patience.Token)).Count();
            return missing == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The database lacks {missing} of this version's migrations; the command migrate applies them.");
        }
        catch (Exception away) when (!cancellationToken.IsCancellationRequested
            && away is NpgsqlException or InvalidOperationException or TimeoutException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }

    // This version's own were through before it listened, and the list of migrations cannot be read until a later one's are.
    private Task<bool> IsMigratingAsync(CancellationToken cancellation) => db.Database.SqlQuery<bool>($"""
        SELECT EXISTS (SELECT FROM pg_locks WHERE relation = to_regclass('"__EFMigrationsHistory"') AND mode = 'AccessExclusiveLock' AND granted) AS "Value"
        """).SingleAsync(cancellation);
}
