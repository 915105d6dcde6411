using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Invitations;

namespace Veelocity.Web.Pages.Settings;

/// <summary>The open invitations, and the link that was just made where no mail brings it.</summary>
/// <param name="Link">Shown once.</param>
internal sealed record InvitationsView(IReadOnlyList<Invitation> Open, string? Link, string? LinkFor, DateTimeOffset Now)
{
    public const string LinkKey = "invitation-link", LinkForKey = "invitation-link-for";

    public static async Task<InvitationsView> ReadAsync(
        InvitationBook book, ITempDataDictionary data, DateTimeOffset now, CancellationToken cancellation) =>
        new(await book.Open().Include(i => i.Mail).Include(i => i.InvitedBy).Take(200).ToListAsync(cancellation), data[LinkKey] as string, data[LinkForKey] as string, now);
}
