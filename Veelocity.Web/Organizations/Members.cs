using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Audit;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Organizations;

/// <summary>
/// Changes who belongs to the current organization. The organization's row is locked meanwhile: of two Admins who demote each other at the same
/// moment, the second is the last one and stays.
/// </summary>
public sealed class Members(VeelocityDb db, CurrentOrganization organization, AuditLog audit)
{
    /// <summary>The membership with its user; null for who does not belong here.</summary>
    public Task<Membership?> FindAsync(Guid userId, CancellationToken cancellation) =>
        db.Memberships.Include(m => m.User).SingleOrDefaultAsync(m => m.OrganizationId == organization.Id && m.UserId == userId, cancellation);

    public Task<Membership?> ChangeRoleAsync(Guid userId, Role role, CancellationToken cancellation) => ChangeAsync(userId, role, member =>
    {
        if (member.Role == role) return;
        audit.Add(AuditAction.MemberRoleChanged, member.User.Email ?? "", $"From {member.Role} to {role}.");
        member.Role = role;
    }, cancellation);

    /// <summary>Their access ends with this: every request reads the membership.</summary>
    public Task<Membership?> RemoveAsync(Guid userId, CancellationToken cancellation) =>
        EndAsync(userId, AuditAction.MemberRemoved, cancellation);

    public Task<Membership?> LeaveAsync(Guid callerId, CancellationToken cancellation) =>
        EndAsync(callerId, AuditAction.MemberLeft, cancellation);

    private Task<Membership?> EndAsync(Guid userId, AuditAction how, CancellationToken cancellation) => ChangeAsync(userId, null, member =>
    {
        audit.Add(how, member.User.Email ?? "", $"Was {member.Role}.");
        db.Remove(member);
    }, cancellation);

    private async Task<Membership?> ChangeAsync(Guid userId, Role? becomes, Action<Membership> change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM organizations WHERE id = {organization.Id} FOR UPDATE", cancellation);
        if (await FindAsync(userId, cancellation) is not { } member) return null;
        var isLastAdmin = member.Role == Role.Admin && becomes != Role.Admin
            && !await db.Memberships.AnyAsync(m => m.OrganizationId == organization.Id && m.UserId != userId && m.Role == Role.Admin, cancellation);
        if (isLastAdmin)
            throw new Refused($"{organization.Name} needs an Admin, and {member.User.FullName} is the last one. Make someone else Admin first.", "last_admin");
        change(member);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return member;
    }
}
