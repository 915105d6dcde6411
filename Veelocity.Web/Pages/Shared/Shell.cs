using System.Security.Claims;
using Veelocity.Web.Organizations;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Pages.Shared;

/// <summary>What the frame around every page shows: who is signed in, where they may go, and how fresh the data is.</summary>
internal sealed class Shell(CurrentOrganization organization, MyOrganizations mine, Freshness.Reader freshness)
{
    public sealed record View(string UserName, IReadOnlyList<MyOrganization> Organizations, Freshness? Freshness)
    {
        public string Initials => string.Concat(UserName.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => char.ToUpperInvariant(word[0])));
    }

    /// <summary>Whose clocks the page goes by, named once.</summary>
    public static string ZoneNote(string organizations, TimeZoneInfo? readers) => readers is null || readers.Id == organizations
        ? $"Days and times are in {Spoken(organizations)}."
        : $"Days and periods are in {Spoken(organizations)}; times are yours, in {Spoken(readers.Id)}.";

    private static string Spoken(string zone) => zone.Replace('_', ' ');

    public async Task<View?> ReadAsync(ClaimsPrincipal caller, CancellationToken cancellation)
    {
        if (caller.CallerId() is not { } id) return null;
        var organizations = await mine.ListAsync(id, cancellation);
        return new View(caller.CallerName() ?? "", organizations, organization.IsBound ? await freshness.ReadAsync(organization.Id, cancellation) : null);
    }
}
