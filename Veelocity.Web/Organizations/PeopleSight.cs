using Veelocity.Web.Data;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Organizations;

/// <summary>
/// The one place that says whether the caller may see numbers of a single person. Numbers of teams are everyone's; one's own are always
/// one's own, once an Admin or Manager has said who of the people one is.
/// </summary>
public sealed class PeopleSight(CurrentOrganization organization)
{
    public const string ForManagers = "people_numbers_for_managers", ForOneself = "people_numbers_for_oneself";

    /// <summary>Whether the numbers of everybody are shown.</summary>
    public bool SeesEveryone => organization.PeopleNumbers switch
    {
        PeopleNumbers.Everyone => true,
        PeopleNumbers.Managers => organization.Role >= Role.Manager,
        _ => false,
    };

    /// <summary>Who of the people the caller is; null while nobody said.</summary>
    public Guid? Oneself => organization.PersonId;

    /// <summary>Who may, in words.</summary>
    public string WhoMay => organization.PeopleNumbers == PeopleNumbers.Oneself
        ? "In this organization everyone sees their own numbers only."
        : "In this organization only Admins and Managers see numbers of single people; others see their own.";

    public bool Sees(Guid? personId) => personId is not null && (SeesEveryone || personId == Oneself);

    /// <summary>Refuses a list of people's numbers to whom may not see everybody's.</summary>
    public void RequireEveryone()
    {
        if (!SeesEveryone) throw Refusal();
    }

    /// <summary>Refuses one person's numbers to whom may not see them; nobody's are everyone's.</summary>
    public void Require(Guid? personId)
    {
        if (personId is not null && !Sees(personId)) throw Refusal();
    }

    private Refused Refusal() => new(
        WhoMay, organization.PeopleNumbers == PeopleNumbers.Oneself ? ForOneself : ForManagers, StatusCodes.Status403Forbidden);
}
