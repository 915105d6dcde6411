using Microsoft.EntityFrameworkCore;
using Npgsql;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations;

/// <summary>Creates an organization; whoever creates it is its first Admin.</summary>
public sealed class OrganizationFounding(VeelocityDb db, TimeProvider clock)
{
    private const int Attempts = 5;

    public Task<MyOrganization> FoundAsync(Guid founderId, string name, string timeZone, CancellationToken cancellation = default) =>
        FoundAsync(founderId, name, timeZone, isSample: false, cancellation);

    /// <param name="isSample">Its data will be made up.</param>
    public async Task<MyOrganization> FoundAsync(Guid founderId, string name, string timeZone, bool isSample, CancellationToken cancellation)
    {
        using var installation = db.ForInstallation(); // the address must be free among all organizations
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.GetUtcNow();
            var organization = new Organization
            {
                Name = name.Trim(),
                Slug = await FreeSlugAsync(name, cancellation),
                TimeZone = timeZone,
                CreatedAt = now,
                IsSample = isSample,
            };
            var membership = new Membership { OrganizationId = organization.Id, UserId = founderId, Role = Role.Admin, JoinedAt = now };
            db.AddRange(organization, membership);
            db.Audit(organization.Id, AuditAction.OrganizationFounded, organization.Name, $"In the time zone {timeZone}.", now);
            try
            {
                await db.SaveChangesAsync(cancellation);
                return new MyOrganization(organization.Id, organization.Name, organization.Slug, timeZone, Role.Admin, now);
            }
            // Someone took the slug between the look and the insert.
            catch (DbUpdateException taken) when (
                attempt < Attempts && taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<string> FreeSlugAsync(string name, CancellationToken cancellation)
    {
        var wanted = Slug.From(name);
        var taken = await db.Organizations
            .Where(o => o.Slug == wanted || o.Slug.StartsWith(wanted + "-"))
            .Select(o => o.Slug)
            .ToHashSetAsync(cancellation);
        return Slug.Candidates(wanted).First(candidate => !taken.Contains(candidate) && !Slug.IsReserved(candidate));
    }
}
