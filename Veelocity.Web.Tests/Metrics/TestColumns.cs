using Microsoft.Extensions.Options;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Builds;
using Veelocity.Web.Metrics.Columns;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Metrics;

/// <summary>What metrics read, held in memory over one test database as the app holds it.</summary>
internal sealed class TestColumns(TestDatabase database) : IAsyncDisposable
{
    private readonly DatabaseDoor source = new(NpgsqlDataSource.Create(database.ConnectionString));
    private ColumnStore? store;
    private BuildStore? builds;

    /// <summary>As a new request finds it.</summary>
    public MetricColumns Open(VeelocityDb db) => new(store ??= new ColumnStore(source, Options.Create(new MetricsOptions())), new TeamScopes(db));

    public BuildStore Builds => builds ??= new BuildStore(source, Options.Create(new MetricsOptions()));

    public async ValueTask DisposeAsync()
    {
        builds?.Dispose();
        store?.Dispose();
        await source.DisposeAsync();
    }
}
