using Veelocity.Web.Data;
using Veelocity.Web.Platform.Mail;

namespace Veelocity.Web.Organizations.Invitations;

/// <summary>What an invitation's mail says.</summary>
internal static class InvitationMail
{
    public static Letter Write(string organization, string inviter, Role role, Uri link) => new(
        $"{inviter} invites you to {organization} on Veelocity",
        [
            $"{inviter} invites you to join {organization} on Veelocity as {Named(role)}.",
            "Veelocity shows how software is delivered: how often, how fast, and how safely.",
        ],
        new LetterButton("Accept the invitation", link),
        "The link works once and for seven days. If you did not expect this, ignore it: nothing happens unless the link is used.");

    private static string Named(Role role) => role switch
    {
        Role.Admin => "an Admin",
        Role.Manager => "a Manager",
        _ => "a Viewer",
    };
}
