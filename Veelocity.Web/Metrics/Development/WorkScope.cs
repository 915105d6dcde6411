namespace Veelocity.Web.Metrics.Development;

/// <summary>Whose work a development metric is about.</summary>
/// <param name="Filter">With a team, its members' (<see cref="TeamScope"/>).</param>
/// <param name="PersonId">Only what this person wrote or was assigned to, with whatever account.</param>
public sealed record WorkScope(Filter Filter, Cohort Authors = Cohort.People, Guid? PersonId = null);
