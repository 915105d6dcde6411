using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Audit;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Organizations.Deletion;

/// <summary>
/// Deletes a person's account. They leave the organizations of others; those of which they are the only member go with them; and nobody who
/// is the last Admin of others can go.
/// </summary>
internal sealed class AccountDeletion(VeelocityDb db, OrganizationDeletion organizations, AuditLog audit)
{
    /// <summary>An organization they belong to, and what becomes of it.</summary>
    public sealed record Place(Guid Id, string Name, string Slug, Role Role, int OtherMembers, int OtherAdmins)
    {
        public bool GoesWithThem => OtherMembers == 0;
        public bool NeedsThem => OtherMembers > 0 && OtherAdmins == 0 && Role == Role.Admin;
    }

    public async Task<List<Place>> ListAsync(Guid userId, CancellationToken cancellation)
    {
        using var installation = db.ForInstallation(); // an account belongs to several organizations
        return await Memberships().Where(m => m.UserId == userId).OrderBy(m => m.Organization.Name).ThenBy(m => m.OrganizationId)
            .Select(m => new Place(
                m.OrganizationId, m.Organization.Name, m.Organization.Slug, m.Role,
                Memberships().Count(other => other.OrganizationId == m.OrganizationId && other.UserId != userId),
                Memberships().Count(other => other.OrganizationId == m.OrganizationId && other.UserId != userId && other.Role == Role.Admin)))
            .ToListAsync(cancellation);
    }

    public async Task DeleteAsync(User user, CancellationToken cancellation)
    {
        using var installation = db.ForInstallation();
        var places = await ListAsync(user.Id, cancellation);
        Check(places);
        foreach (var place in places.Where(p => p.GoesWithThem)) await organizations.DeleteAsync(place.Id, db.Actor, user.Id, cancellation);

        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        foreach (var id in places.Where(p => !p.GoesWithThem).Select(p => p.Id).Order())
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM organizations WHERE id = {id} FOR UPDATE", cancellation);
        // Again, now that nobody else can step down at the same moment.
        var left = await ListAsync(user.Id, cancellation);
        Check(left);
        foreach (var place in left.Where(p => !p.GoesWithThem)) audit.Add(place.Id, AuditAction.MemberLeft, user.Email ?? "", $"Was {place.Role}. Deleted their account.");
        await db.SaveChangesAsync(cancellation);
        await Memberships().Where(m => m.UserId == user.Id).ExecuteDeleteAsync(cancellation);
        await db.Mails.Where(m => m.OrganizationId == null && m.Recipient == user.Email).ExecuteDeleteAsync(cancellation);
        await db.Users.Where(u => u.Id == user.Id).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static void Check(List<Place> places)
    {
        if (places.Find(p => p.NeedsThem) is { } place)
            throw new Refused($"{place.Name} needs an Admin, and you are the last one. Make someone else Admin first, or delete the organization.", "last_admin");
    }

    private IQueryable<Membership> Memberships() => db.Memberships.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]);
}
