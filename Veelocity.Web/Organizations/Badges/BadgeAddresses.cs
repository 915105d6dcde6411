using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Audit;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Organizations.Badges;

/// <summary>Turns an organization's badges on, gives them a new address, turns them off; and knows whose an address is.</summary>
internal sealed class BadgeAddresses(VeelocityDb db, CurrentOrganization organization, AuditLog audit, TimeProvider clock)
{
    /// <summary>Whose numbers a badge shows.</summary>
    internal sealed record Owner(Guid Id, string TimeZone);

    private const int EndingLength = 4;

    /// <summary>Null while badges are off.</summary>
    public Task<BadgeAddress?> FindAsync(CancellationToken cancellation) => Mine().AsNoTracking().SingleOrDefaultAsync(cancellation);

    /// <summary>Turns them on, or gives them a new address; answers its token, which is nowhere else from then on.</summary>
    public async Task<string> MakeAsync(CancellationToken cancellation)
    {
        var token = RandomSecret.New();
        var address = await Mine().SingleOrDefaultAsync(cancellation);
        audit.Add(AuditAction.BadgesChanged, organization.Name, address is null ? "Turned on." : $"New address; the one that ended in {address.Ending} is dead.");
        if (address is null) db.Add(address = new BadgeAddress { OrganizationId = organization.Id });
        address.Take(RandomSecret.Hash(token), token[^EndingLength..], clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        return token;
    }

    public async Task TurnOffAsync(CancellationToken cancellation)
    {
        if (await Mine().SingleOrDefaultAsync(cancellation) is not { } address) return;
        db.Remove(address);
        audit.Add(AuditAction.BadgesChanged, organization.Name, "Turned off.");
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Null for a token that never was, or is no more.</summary>
    public async Task<Owner?> OwnerOfAsync(string token, CancellationToken cancellation)
    {
        var hash = RandomSecret.Hash(token);
        using var installation = db.ForInstallation(); // the token says which organization
        return await (from address in db.BadgeAddresses.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
                      join owner in db.Organizations on address.OrganizationId equals owner.Id
                      where address.Hash == hash
                      select new Owner(owner.Id, owner.TimeZone)).SingleOrDefaultAsync(cancellation);
    }

    private IQueryable<BadgeAddress> Mine() => db.BadgeAddresses.Where(b => b.OrganizationId == organization.Id);
}
