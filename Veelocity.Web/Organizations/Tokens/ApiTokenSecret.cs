using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Organizations.Tokens;

/// <summary>The text of a personal API token: a random secret behind a prefix by which scanners of leaked secrets know it.</summary>
internal static class ApiTokenSecret
{
    public const string Prefix = "vee_";
    private const int EndingLength = 4;

    public static string New() => Prefix + RandomSecret.New();

    public static string EndingOf(string token) => token[^EndingLength..];
}
