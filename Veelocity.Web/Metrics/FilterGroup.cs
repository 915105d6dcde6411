namespace Veelocity.Web.Metrics;

/// <summary>A part of what a filter asks for, such as one team's.</summary>
/// <param name="Filter">The same, of this part only.</param>
internal sealed record FilterGroup(Guid Id, string Name, Filter Filter, ServiceChoice Services);
