using System.Text.RegularExpressions;

namespace Veelocity.Web.Linking.People;

/// <summary>What an address says of whose it is. GitHub's own addresses hold the account's id, or, older, its login.</summary>
internal static partial class EmailKeys
{
    public static string Normalize(string email) => email.Trim().ToLowerInvariant();

    /// <summary>The provider's id in the address; exact. Null when there is none.</summary>
    public static string? ExternalIdOf(string email) => WithId().Match(email) is { Success: true } match ? match.Groups["id"].Value : null;

    /// <summary>The login in an older address; logins can be renamed and taken by others.</summary>
    public static string? LoginOf(string email) => WithLogin().Match(email) is { Success: true } match ? match.Groups["login"].Value : null;

    public static bool IsBot(string email) => email.Contains("[bot]@", StringComparison.Ordinal);

    /// <summary>Whether the address can stand for one person: not a no-reply address, and not one that a machine makes up.</summary>
    public static bool IsPersonal(string email) =>
        email.Contains('@') && email.Length <= 254 && !email.Contains("noreply", StringComparison.Ordinal) && !email.Contains("no-reply", StringComparison.Ordinal)
        && !Local().IsMatch(email);

    [GeneratedRegex(@"^(?<id>\d{1,18})\+[^@]+@users\.noreply\.", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex WithId();

    [GeneratedRegex(@"^(?<login>[^@+]+)@users\.noreply\.", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex WithLogin();

    [GeneratedRegex(@"@(localhost|[^.]+|.*\.(local|localdomain|internal|lan|invalid|example))$|^(root|you|user|git|email|test|admin|bot)@", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Local();
}
