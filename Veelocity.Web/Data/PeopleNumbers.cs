namespace Veelocity.Web.Data;

/// <summary>Who in an organization may see numbers of single people; numbers of teams are everyone's.</summary>
public enum PeopleNumbers
{
    Everyone,

    /// <summary>Admins and Managers; others see their own.</summary>
    Managers,

    /// <summary>Each member sees their own and nobody else's.</summary>
    Oneself,
}
