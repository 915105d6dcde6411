using Npgsql;
using Veelocity.Web.Platform.Startup;

namespace Veelocity.Web.Platform.Postgres;

/// <summary>The database server: the one the configuration names, otherwise one of our own.</summary>
public static class PostgresModule
{
    /// <summary>Answers the connection string of a server that accepts connections. Call first: what is registered first stops last.</summary>
    public static async Task<string> AddPostgresAsync(this IHostApplicationBuilder builder, CancellationToken cancellation = default)
    {
        if (builder.Configuration.GetConnectionString("Veelocity") is { Length: > 0 } given)
        {
            await ConnectAsync(given, cancellation);
            return given;
        }

        var postgres = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions
            {
                DataDirectory = DataDirectory(builder.Configuration),
                BinariesDirectory = builder.Configuration["Veelocity:PostgresBinaries"],
                SearchFrom = [builder.Environment.ContentRootPath, AppContext.BaseDirectory],
            },
            cancellation);
        builder.Services.AddSingleton(postgres);
        builder.Services.AddHostedService<PostgresLifetime>();
        return postgres.ConnectionString;
    }

    /// <summary>Where the app keeps what it makes itself (<c>Veelocity:DataDirectory</c>): the embedded database, the outbox of mails.</summary>
    public static string DataDirectory(IConfiguration configuration) =>
        configuration["Veelocity:DataDirectory"] is { Length: > 0 } given
            ? Path.GetFullPath(given)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "veelocity");

    static async Task ConnectAsync(string connectionString, CancellationToken cancellation)
    {
        NpgsqlConnectionStringBuilder parsed;
        try
        {
            parsed = new NpgsqlConnectionStringBuilder(connectionString);
            if (string.IsNullOrEmpty(parsed.Host))
                throw new ArgumentException("Host is missing", nameof(connectionString));
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new StartupException($"ConnectionStrings__Veelocity is not a PostgreSQL connection string ({e.Message.Split('\n')[0]}): it looks like Host=localhost;Database=veelocity;Username=…;Password=….", e);
        }

        try
        {
#pragma warning disable RS0030 // before there is a database of ours to enter
            await using var connection = new NpgsqlConnection(connectionString);
#pragma warning restore RS0030
            await connection.OpenAsync(cancellation);
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw new StartupException($"The database {parsed.Database} at {parsed.Host}:{parsed.Port} named by ConnectionStrings__Veelocity does not answer ({Reason(e)}): start it, or correct the connection string.", e);
        }
    }

    static string Reason(Exception e) => e is PostgresException refused ? refused.MessageText : (e.InnerException ?? e).Message;
}
