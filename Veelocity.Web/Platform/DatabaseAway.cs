using Npgsql;

namespace Veelocity.Web.Platform;

/// <summary>Tells a database that is not there for a while (restarting, full, unreachable) from one that refuses what it is asked.</summary>
internal static class DatabaseAway
{
    public const string Words = "The database does not answer at the moment. Try again soon.";

    public static bool IsBehind(Exception? trouble) => trouble switch
    {
        null => false,
        PostgresException refusal when IsAway(refusal.SqlState) => true,
        NpgsqlException { IsTransient: true } => true,
        // A connection that broke between two statements.
        InvalidOperationException { Source: "Npgsql" } or ObjectDisposedException { Source: "Npgsql" } => true,
        _ => IsBehind(trouble.InnerException),
    };

    // 08 connection, 53 out of something, 57P shut down or starting.
    private static bool IsAway(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal);
}
