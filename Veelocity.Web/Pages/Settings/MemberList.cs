using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Pages.Settings;

/// <summary>
/// The organization's members, and who of the people whose work is measured each of them is. An equal email only suggests: an address
/// that nobody confirmed proves nothing, so a person has to say it.
/// </summary>
internal sealed class MemberList(VeelocityDb db, CurrentOrganization organization)
{
    public sealed record PersonChoice(Guid Id, string Name);

    /// <param name="Suggested">A person with the same email, where none is chosen.</param>
    public sealed record Member(Guid UserId, string Name, string Email, bool EmailConfirmed, Role Role, DateTimeOffset JoinedAt, Guid? PersonId, PersonChoice? Suggested);

    public async Task<(IReadOnlyList<Member> Members, IReadOnlyList<PersonChoice> People)> AskAsync(CancellationToken cancellation)
    {
        var members = await db.Memberships.AsNoTracking().Where(m => m.OrganizationId == organization.Id)
            .OrderBy(m => m.User.FullName).ThenBy(m => m.UserId)
            .Select(m => new { m.UserId, m.User.FullName, m.User.Email, m.User.EmailConfirmed, m.Role, m.JoinedAt, m.PersonId }).ToListAsync(cancellation);
        var people = await db.People.AsNoTracking().Where(p => db.Accounts.Any(a => a.PersonId == p.Id && !a.IsBot))
            .OrderBy(p => p.Name).ThenBy(p => p.Id).Select(p => new PersonChoice(p.Id, p.Name)).ToListAsync(cancellation);
        var emails = members.Select(m => (m.Email ?? "").ToLowerInvariant()).ToArray();
        var known = await db.Database.SqlQuery<KnownEmail>($"""
            SELECT DISTINCT a.person_id, lower(e.email) AS email
            FROM accounts a
            JOIN (SELECT id AS account_id, email FROM accounts WHERE organization_id = {organization.Id}
                  UNION SELECT account_id, email FROM account_emails WHERE organization_id = {organization.Id}) e ON e.account_id = a.id
            WHERE a.organization_id = {organization.Id} AND a.person_id IS NOT NULL AND NOT a.is_bot AND lower(e.email) = ANY ({emails})
            """).ToListAsync(cancellation);
        var byEmail = known.ToLookup(k => k.Email, k => k.PersonId, StringComparer.Ordinal);
        var taken = members.Where(m => m.PersonId is not null).Select(m => m.PersonId!.Value).ToHashSet();
        return (
            [.. members.Select(m =>
            {
                var same = byEmail[(m.Email ?? "").ToLowerInvariant()].Where(id => !taken.Contains(id)).Distinct().ToList();
                return new Member(
                    m.UserId, m.FullName, m.Email ?? "", m.EmailConfirmed, m.Role, m.JoinedAt, m.PersonId,
                    m.PersonId is null && same.Count == 1 ? people.Find(p => p.Id == same[0]) : null);
            })],
            people);
    }

    private sealed record KnownEmail(Guid PersonId, string Email);
}
