using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations;

/// <summary>
/// The organization this request is about and the caller's role in it. Bound once, at the edge, from the address or the API
/// header; reading it unbound is a bug and throws. Binding also opens the database's organization filter.
/// </summary>
public sealed class CurrentOrganization(VeelocityDb db)
{
    private Organization? organization;
    private Role role;
    private Guid? personId;

    public bool IsBound => organization is not null;
    public Guid Id => Bound.Id;
    public string Name => Bound.Name;
    public string Slug => Bound.Slug;
    public string TimeZone => Bound.TimeZone;
    public WorkingHours WorkingHours => Bound.WorkingHours;
    public long DataVersion => Bound.DataVersion;

    /// <summary>Whether its data is made up.</summary>
    public bool IsSample => Bound.IsSample;

    public PeopleNumbers PeopleNumbers => Bound.PeopleNumbers;

    /// <summary>Who of the people whose work is measured the caller is; null while nobody said.</summary>
    public Guid? PersonId
    {
        get
        {
            _ = Bound;
            return personId;
        }
    }

    public Role Role
    {
        get
        {
            _ = Bound;
            return role;
        }
    }

    private Organization Bound => organization ?? throw new InvalidOperationException("No organization is bound to this request.");

    /// <summary>Whether the caller's role carries the permission; what may not be done should not be offered.</summary>
    public bool May(Permission permission) => Role.Carries(permission);

    public void Bind(Membership callers)
    {
        var bound = callers.Organization;
        (organization, role, personId) = (bound, callers.Role, callers.PersonId);
        db.OrganizationId = bound.Id;
    }
}
