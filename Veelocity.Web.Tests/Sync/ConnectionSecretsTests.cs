using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Tests.Sync;

public sealed class ConnectionSecretsTests
{
    private const string Token = "ghp_thisIsTheTokenNobodyMayRead";

    [Fact]
    public async Task No_row_of_the_database_holds_the_token()
    {
        await using var host = await SyncHost.StartAsync(added: new ScriptedConnector(1));
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind, Token);
        await host.RunAsync(connected.Runs[0].Id);

        await using var db = host.Database.Open();
        foreach (var table in new[] { "connections", "sync_runs", "sync_cursors", "data_protection_keys" })
        {
            var rows = await db.Database.SqlQuery<string>(FormattableStringFactory.Create("SELECT t::text AS \"Value\" FROM " + table + " t"))
                .ToListAsync(TestContext.Current.CancellationToken);
            Assert.NotEmpty(rows);
            Assert.DoesNotContain(rows, row => row.Contains(Token, StringComparison.Ordinal));
        }
        var opened = host.Services.GetRequiredService<ConnectionSecrets>().Open(await host.ReadAsync(connected.Connection));
        Assert.Equal(Token, opened.Secret);
        Assert.DoesNotContain(Token, opened.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_copied_to_another_connection_does_not_open()
    {
        await using var host = await SyncHost.StartAsync(added: new ScriptedConnector(1));
        var mine = await host.FoundAndConnectAsync(ScriptedConnector.Kind, Token);
        var theirs = await host.FoundAndConnectAsync(ScriptedConnector.Kind, "another token");
        await using (var db = host.Database.Open())
        {
            var secret = (await host.ReadAsync(mine.Connection)).ProtectedSecret;
            await db.Database.ExecuteSqlAsync(
                $"UPDATE connections SET protected_secret = {secret} WHERE id = {theirs.Connection.Id}", TestContext.Current.CancellationToken);
        }

        var run = await host.RunAsync(theirs.Runs[0].Id);

        Assert.Equal(SyncOutcome.Unauthorized, run.Outcome);
        Assert.Contains("Connect again", run.Error, StringComparison.Ordinal);
        var copied = await host.ReadAsync(theirs.Connection);
        var secrets = host.Services.GetRequiredService<ConnectionSecrets>();
        Assert.Equal(ConnectorFault.TokenWrong, Assert.Throws<ConnectorException>(() => secrets.Open(copied)).Fault);
    }
}
