using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.People;

/// <summary>What matching needs to know of an account.</summary>
/// <param name="IsDecided">A person said whose it is.</param>
internal sealed record AccountFacts(
    Guid Id, string Provider, string ExternalId, string Login, string? Name, bool IsBot, Guid? PersonId, bool IsDecided)
{
    public const string GitHubProvider = "github";

    /// <summary>GitHub's number of the account that its owner connected to this one; null when nobody did.</summary>
    public string? GitHubUserId { get; init; }

    /// <summary>Accounts that are only an address in commits, for which no provider has a login.</summary>
    public const string GitProvider = "git";

    /// <summary>A login stands for a person before an address does; the rest only makes the choice repeatable.</summary>
    public (bool, int, string) Standing => (Provider == GitProvider, ExternalId.Length, ExternalId);

    /// <summary>
    /// What someone said, else the provider's word; only GitHub has machines that it calls users, so only its logins are matched (M29).
    /// </summary>
    public static bool IsBotAccount(Account account, NamePattern bots) => account.MarkedAs is { } said
        ? said == AccountKind.Bot
        : account.Kind == AccountKind.Bot
            || (account.Provider == GitHubProvider && bots.Matches(account.Login))
            || (account.Provider == GitProvider && EmailKeys.IsBot(account.Login));
}
