using Veelocity.Web.Data;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Settings;

/// <summary>How far an invitation has come, in words.</summary>
internal static class InvitationWords
{
    public static string Of(Invitation invitation, DateTimeOffset now)
    {
        if (invitation.HasExpired(now)) return $"Expired {Dates.Age(invitation.ExpiresAt, now)}";
        if (invitation.LinkWasShown) return $"Link made {Dates.Age(invitation.RenewedAt, now)}, for you to hand on";
        return invitation.Mail switch
        {
            null => $"Sent {Dates.Age(invitation.RenewedAt, now)}",
            { SentAt: { } sent } => $"Sent {Dates.Age(sent, now)}",
            { GivenUpAt: not null } given => $"Could not be sent: {given.Problem} Given up",
            { Problem: { } problem } open => $"Could not be sent: {problem} Trying again {Dates.Until(open.DueAt, now)}",
            _ => "Being sent",
        };
    }

    public static bool IsTrouble(Invitation invitation, DateTimeOffset now) =>
        invitation.HasExpired(now) || invitation is { LinkWasShown: false, Mail: { SentAt: null, Problem: not null } };
}
