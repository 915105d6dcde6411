using Microsoft.Extensions.Options;
using Npgsql;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Columns;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Metrics;

/// <summary>What metrics read, held in memory over one test database as the app holds it.</summary>
internal sealed class TestColumns(TestDatabase database) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(database.ConnectionString);
    private ColumnStore? store;

    /// <summary>As a new request finds it.</summary>
    public MetricColumns Open() => new(store ??= new ColumnStore(source, Options.Create(new MetricsOptions())));

    public async ValueTask DisposeAsync()
    {
        store?.Dispose();
        await source.DisposeAsync();
    }
}
