using Microsoft.EntityFrameworkCore;
using Npgsql;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>
/// Stores batches with their cursors and the run's progress in one transaction. When the database refuses a row, the others are stored
/// without it, and it is listed: one bad row neither stops a sync nor is lost in silence.
/// </summary>
public sealed partial class BatchStore(VeelocityDb db, FactWriter writer, SyncCursors cursors, TimeProvider time, ILogger<BatchStore> logger)
{
    // More are no odd rows but a mistake of ours, which must not pass for a sync that went well.
    private const int MostRefused = 50;

    public async Task StoreAsync(SyncRun run, Connection connection, IReadOnlyList<FactBatch> group, CancellationToken cancellation)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var changed = await writer.WriteAsync(connection, [.. group.SelectMany(batch => batch.Facts)], cancellation);
            await NoteAsync(run, connection, group, changed, [], cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (PostgresException refusal) when (IsAboutARow(refusal))
        {
            foreach (var batch in group) await StoreWhatCanBeAsync(run, connection, batch, cancellation);
        }
    }

    private async Task StoreWhatCanBeAsync(SyncRun run, Connection connection, FactBatch batch, CancellationToken cancellation)
    {
        var refused = new List<SyncProblem>();
        var changed = await WriteWhatCanBeAsync(connection, batch.Facts, refused, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await NoteAsync(run, connection, [batch], changed, refused, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<int> WriteWhatCanBeAsync(
        Connection connection, IReadOnlyList<Fact> facts, List<SyncProblem> refused, CancellationToken cancellation)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var changed = await writer.WriteAsync(connection, facts, cancellation);
            await transaction.CommitAsync(cancellation);
            return changed;
        }
        catch (PostgresException refusal) when (IsAboutARow(refusal) && facts.Count == 1 && refused.Count < MostRefused)
        {
            LogRefused(refusal, facts[0].GetType().Name, connection.OrganizationId);
            refused.Add(await DescribeAsync(connection, facts[0], refusal, cancellation));
            return 0;
        }
        catch (PostgresException refusal) when (IsAboutARow(refusal) && facts.Count > 1)
        {
            var half = facts.Count / 2;
            return await WriteWhatCanBeAsync(connection, [.. facts.Take(half)], refused, cancellation)
                + await WriteWhatCanBeAsync(connection, [.. facts.Skip(half)], refused, cancellation);
        }
    }

    private async Task NoteAsync(
        SyncRun run, Connection connection, IReadOnlyList<FactBatch> group, int changed, List<SyncProblem> refused, CancellationToken cancellation)
    {
        await cursors.MoveAsync(connection, run, group.Select(batch => batch.Cursor).OfType<CursorMove>(), cancellation);
        foreach (var kind in group.SelectMany(batch => batch.Facts).Where(fact => fact is not Absence).GroupBy(fact => fact.GetType())) run.Count(FactNames.Of(kind.Key), kind.Count());
        foreach (var problem in group.Select(batch => batch.Problem).OfType<ScopeProblem>())
            run.Note(new SyncProblem(problem.Scope, FactNames.Of(problem.Fault), problem.Message));
        foreach (var problem in refused) run.Note(problem);
        run.Spend(group.Sum(batch => batch.Requests), group.Sum(batch => batch.Points));
        run.Advance(group[^1].Phase, group[^1].Done, group[^1].Total, changed, time.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
    }

    private async Task<SyncProblem> DescribeAsync(Connection connection, Fact fact, PostgresException refusal, CancellationToken cancellation)
    {
        var (externalId, what) = FactNames.Describe(fact);
        var repositoryId = Repository.IdOf(connection.OrganizationId, externalId);
        var name = await db.Repositories.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => r.Id == repositoryId)
            .Select(r => r.FullName)
            .SingleOrDefaultAsync(cancellation);
        return new SyncProblem(
            name ?? externalId,
            FactNames.Of(ConnectorFault.Malformed),
            $"{what} could not be stored and is left out ({refusal.MessageText}). The next full sync tries it again.");
    }

    // 22: a value that a column cannot hold; 23: a row that does not fit the others.
    private static bool IsAboutARow(PostgresException refusal) =>
        refusal.SqlState.StartsWith("22", StringComparison.Ordinal) || refusal.SqlState.StartsWith("23", StringComparison.Ordinal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A {Fact} of organization {OrganizationId} cannot be stored and is left out")]
    private partial void LogRefused(Exception refusal, string fact, Guid organizationId);
}
