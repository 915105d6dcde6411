using System.Net;
using Veelocity.Web.Data;

namespace Veelocity.Web.Pages.Account;

/// <summary>An account's history in words.</summary>
internal static class AccountWords
{
    public static string Of(AccountEventKind kind) => kind switch
    {
        AccountEventKind.SignedIn => "Signed in",
        AccountEventKind.PasswordChanged => "Password changed",
        AccountEventKind.PasswordReset => "Password reset by mail",
        AccountEventKind.EmailConfirmed => "Email address confirmed",
        AccountEventKind.EmailChanged => "Email address changed",
        AccountEventKind.TwoFactorTurnedOn => "Two-factor authentication turned on",
        AccountEventKind.TwoFactorTurnedOff => "Two-factor authentication turned off",
        AccountEventKind.RecoveryCodesMade => "Recovery codes made",
        AccountEventKind.RecoveryCodeUsed => "Recovery code used",
        AccountEventKind.PasskeyAdded => "Passkey added",
        AccountEventKind.PasskeyRemoved => "Passkey removed",
        AccountEventKind.GitHubLinked => "GitHub linked",
        AccountEventKind.GitHubUnlinked => "GitHub unlinked",
        AccountEventKind.SessionEnded => "Session ended",
        AccountEventKind.OtherSessionsEnded => "Other sessions ended",
        AccountEventKind.OrganizationDeleted => "An organization you belonged to was deleted",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are no words for this yet."),
    };

    public static string From(IPAddress? address) =>
        address is null ? "—" : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString() : address.ToString();
}
