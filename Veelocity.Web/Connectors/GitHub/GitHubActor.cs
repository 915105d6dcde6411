using System.Globalization;
using System.Text.RegularExpressions;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Makes one actor of what GitHub's two APIs call by different names: REST appends <c>[bot]</c>, GraphQL does not.</summary>
internal static partial class GitHubActor
{
    private const string BotSuffix = "[bot]";

    public static Actor Of(string login, long? id, string? name, string? email, string? type)
    {
        var isSuffixed = login.EndsWith(BotSuffix, StringComparison.Ordinal);
        var plain = isSuffixed ? login[..^BotSuffix.Length] : login;
        var kind = type switch
        {
            "Bot" => ActorKind.Bot,
            "Mannequin" => ActorKind.Mannequin,
            _ => isSuffixed ? ActorKind.Bot : ActorKind.Human,
        };
        return new Actor(
            id?.ToString(CultureInfo.InvariantCulture) ?? $"login:{plain}", plain, NullIfBlank(name), NullIfBlank(email), kind);
    }

    /// <summary>A commit's author. GraphQL names no bots there, but their address holds the id.</summary>
    public static Actor? OfCommit(ActorNode? user, string? email)
    {
        if (user?.Login is { } login)
            return Of(login, user.DatabaseId, user.Name, null, null);
        return email is not null && BotAddress().Match(email) is { Success: true } bot
            ? Of(bot.Groups["login"].Value, long.Parse(bot.Groups["id"].Value, CultureInfo.InvariantCulture), null, null, "Bot")
            : null;
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    [GeneratedRegex(@"^(?<id>\d{1,18})\+(?<login>[^@]+\[bot\])@users\.noreply\.", RegexOptions.ExplicitCapture)]
    private static partial Regex BotAddress();
}
