using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;
using Veelocity.Web.Platform.Startup;

namespace Veelocity.Web.Platform.Postgres;

/// <summary>A PostgreSQL server of our own, started on a data directory and stopped when disposed.</summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    const string User = "veelocity";

    readonly EmbeddedPostgresOptions _options;
    readonly PostgresFolder _folder;
    readonly PostgresBinaries _binaries;
    readonly SemaphoreSlim _turn = new(1, 1);
    OrphanGuard? _guard;
    string _password = "";
    int _port;
    bool _stopped;

    EmbeddedPostgres(EmbeddedPostgresOptions options, PostgresFolder folder, PostgresBinaries binaries)
    {
        _options = options;
        _folder = folder;
        _binaries = binaries;
    }

    public string ConnectionString => Connection(_options.Database);

    public int? ProcessId => _folder.Postmaster.RunningProcess();

    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, CancellationToken cancellation = default)
    {
        var folder = await PostgresFolder.OpenAsync(options.DataDirectory, cancellation);
        EmbeddedPostgres? postgres = null;
        try
        {
            postgres = new EmbeddedPostgres(options, folder, await PostgresBinaries.FindAsync(options, folder, cancellation));
            await postgres.PrepareAsync(cancellation);
            return postgres;
        }
        catch
        {
            if (postgres is not null)
                await postgres.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Starts the server again, on the same port, when it has died. True when that was needed.</summary>
    public async Task<bool> ReviveAsync(CancellationToken cancellation = default)
    {
        if (ProcessId is not null)
            return false;
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_stopped || ProcessId is not null)
                return false;
            await StartServerAsync(cancellation);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_stopped)
                return;
            _stopped = true;
            await StopServerAsync(CancellationToken.None);
            if (_guard is not null)
                await _guard.DisposeAsync();
            _folder.Dispose();
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task PrepareAsync(CancellationToken cancellation)
    {
        await StopServerAsync(cancellation);
        if (!Directory.Exists(_folder.Cluster))
            await InitializeAsync(cancellation);
        _password = (await File.ReadAllTextAsync(_folder.PasswordFile, cancellation)).Trim();
        RotateLog();
        await StartServerAsync(cancellation);
        await CreateDatabaseAsync(cancellation);
    }

    async Task InitializeAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(_folder.UnfinishedCluster))
            Directory.Delete(_folder.UnfinishedCluster, recursive: true);
        await WritePasswordAsync(cancellation);
        await _folder.Account.TakeOverAsync(_folder.Root, cancellation);

        List<string> arguments = ["-D", _folder.UnfinishedCluster, "-U", User, "--pwfile", _folder.PasswordFile, "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
        if (!_options.Durable)
            arguments.Add("--no-sync");
        var (exitCode, output) = await _folder.Account.RunAsync(_binaries.Initialize, [.. arguments], cancellation);
        if (exitCode != 0)
            throw new StartupException($"PostgreSQL could not prepare its data directory {_folder.Root}: {LastLine(output)}");
        Directory.Move(_folder.UnfinishedCluster, _folder.Cluster);
    }

    async Task WritePasswordAsync(CancellationToken cancellation)
    {
        var onlyOwner = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            onlyOwner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new StreamWriter(_folder.PasswordFile, onlyOwner);
        await file.WriteAsync(RandomNumberGenerator.GetHexString(32, lowercase: true).AsMemory(), cancellation);
    }

    async Task StartServerAsync(CancellationToken cancellation)
    {
        const int attempts = 20;
        for (var attempt = 1; ; attempt++)
        {
            _folder.Postmaster.Delete();
            // A port once given away in a connection string is kept; a new one may have been taken since it was seen free.
            var port = _port == 0 ? FreePort() : _port;
            var (exitCode, output) = await _folder.Account.RunAsync(
                _binaries.Control,
                ["start", "--wait", "--timeout=600", "-D", _folder.Cluster, "-l", _folder.Log, "-o", Settings(port)],
                cancellation);
            if (exitCode == 0 && ProcessId is { } process)
            {
                _port = port;
                if (_guard is not null)
                    await _guard.DisposeAsync();
                _guard = OrphanGuard.Start(_folder, process);
                return;
            }

            // Sessions of a killed server need a moment to notice; until then they hold its shared memory and its port.
            if (attempt == attempts)
                throw new StartupException($"PostgreSQL did not start: {LastLine(LogTail())} The log is {_folder.Log}. ({LastLine(output)})");
            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellation);
        }
    }

    /// <summary>Fast (sessions are ended, data is written), at once when that takes too long; also a server that a killed app left behind.</summary>
    async Task StopServerAsync(CancellationToken cancellation)
    {
        foreach (var mode in (string[])["fast", "immediate"])
        {
            if (ProcessId is null)
                break;
            await _folder.Account.RunAsync(_binaries.Control, ["stop", "--wait", "--timeout=30", "-D", _folder.Cluster, "-m", mode], cancellation);
        }
    }

    async Task CreateDatabaseAsync(CancellationToken cancellation)
    {
#pragma warning disable RS0030 // before there is a database of ours to enter
        await using var connection = new NpgsqlConnection(Connection("postgres"));
#pragma warning restore RS0030
        await connection.OpenAsync(cancellation);
        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = _options.Database } } };
        if (await find.ExecuteScalarAsync(cancellation) is not null)
            return;
        await using var create = new NpgsqlCommand($"CREATE DATABASE {new NpgsqlCommandBuilder().QuoteIdentifier(_options.Database)}", connection);
        await create.ExecuteNonQueryAsync(cancellation);
    }

    string Connection(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = User,
        Password = _password,
        Database = database,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Pooling = database == _options.Database,
    }.ConnectionString;

    string Settings(int port)
    {
        List<string> settings = ["listen_addresses=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"port={port}"), "unix_socket_directories=",
            string.Create(CultureInfo.InvariantCulture, $"max_connections={_options.MaxConnections}"), "timezone=UTC", "log_timezone=UTC", "shared_buffers=256MB"];
        if (!_options.Durable)
            settings.AddRange(["fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"]);
        return string.Join(' ', settings.Select(setting => $"-c {setting}"));
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    void RotateLog()
    {
        const long tenMegabytes = 10_000_000;
        if (File.Exists(_folder.Log) && new FileInfo(_folder.Log).Length > tenMegabytes)
            File.Move(_folder.Log, _folder.Log + ".1", overwrite: true);
    }

    string LogTail() => File.Exists(_folder.Log) ? string.Join('\n', File.ReadLines(_folder.Log).Where(line => line.Contains("FATAL", StringComparison.Ordinal)).TakeLast(1)) : "";

    static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("no reason was given.");
}
