using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Veelocity.Web.Data;

/// <summary>
/// Keeps a context's connection at its <see cref="VeelocityDb.Scope"/>: told with the first statement after it was opened, and once more when the
/// scope was changed meanwhile, or when a rollback may have taken back what was told. A query takes it along in its own round trip.
/// </summary>
internal sealed class RowScopeInterceptor(DatabaseDoor door) : IDbConnectionInterceptor, IDbCommandInterceptor, IDbTransactionInterceptor
{
    public void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => Forget(eventData.Context);

    public Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        Forget(eventData.Context);
        return Task.CompletedTask;
    }

    public InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        Before(command, eventData, result);

    public InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result) =>
        Before(command, eventData, result);

    public InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) =>
        Before(command, eventData, result);

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        eventData.CommandSource is CommandSource.LinqQuery or CommandSource.FromSqlQuery && !result.HasResult && IsOutdated(eventData.Context)
            ? TellAndReadAsync((NpgsqlCommand)command, (VeelocityDb)eventData.Context!, cancellationToken)
            : BeforeAsync(command, eventData, result, cancellationToken);

    public ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        BeforeAsync(command, eventData, result, cancellationToken);

    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        BeforeAsync(command, eventData, result, cancellationToken);

    public void RolledBackToSavepoint(DbTransaction transaction, TransactionEventData eventData) => Forget(eventData.Context);

    public Task RolledBackToSavepointAsync(DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context);
        return Task.CompletedTask;
    }

    private InterceptionResult<T> Before<T>(DbCommand command, CommandEventData eventData, InterceptionResult<T> result)
    {
        if (IsOutdated(eventData.Context)) TellNow(command.Connection!, eventData.Context);
        return result;
    }

    private ValueTask<InterceptionResult<T>> BeforeAsync<T>(
        DbCommand command, CommandEventData eventData, InterceptionResult<T> result, CancellationToken cancellation)
    {
        return IsOutdated(eventData.Context) ? TellFirstAsync() : ValueTask.FromResult(result);

        async ValueTask<InterceptionResult<T>> TellFirstAsync()
        {
            await TellAsync(command.Connection!, eventData.Context, cancellation);
            return result;
        }
    }

    private async ValueTask<InterceptionResult<DbDataReader>> TellAndReadAsync(NpgsqlCommand command, VeelocityDb db, CancellationToken cancellation)
    {
        var reader = await door.EnterAndReadAsync(command, db.Scope, cancellation);
        db.NoteTold();
        return InterceptionResult<DbDataReader>.SuppressWithResult(reader);
    }

    private void TellNow(DbConnection connection, object? context)
    {
        if (context is not VeelocityDb db) return;
        door.EnterNow((NpgsqlConnection)connection, db.Scope);
        db.NoteTold();
    }

    private async Task TellAsync(DbConnection connection, object? context, CancellationToken cancellation)
    {
        if (context is not VeelocityDb db) return;
        await door.EnterAsync((NpgsqlConnection)connection, db.Scope, cancellation);
        db.NoteTold();
    }

    private static bool IsOutdated(object? context) => context is VeelocityDb { IsToldScope: false };

    private static void Forget(object? context)
    {
        if (context is VeelocityDb db) db.ForgetTold();
    }
}
