using Npgsql;

namespace Veelocity.Web.Platform;

/// <summary>Tells exceptions that are the fault of what was sent from those that are ours.</summary>
public static class SendersFault
{
    /// <summary>The status that answers it; null when the fault is ours.</summary>
    public static int? StatusOf(Exception thrown) => thrown switch
    {
        BadHttpRequestException bad => bad.StatusCode, // a body that is too large or broken off
        _ when IsUnstorable(thrown) => StatusCodes.Status400BadRequest,
        _ => null,
    };

    /// <summary>Whether a text held what the database has no room for in any text, such as the character 0, which nobody can type.</summary>
    public static bool IsUnstorable(Exception thrown) =>
        (thrown as PostgresException ?? thrown.InnerException as PostgresException)?.SqlState is PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter;
}
