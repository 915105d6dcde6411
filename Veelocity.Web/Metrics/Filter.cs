namespace Veelocity.Web.Metrics;

/// <summary>Whose numbers: always one organization, and within it a repository or service where asked.</summary>
/// <param name="Environment">An environment's name; null means production (M13).</param>
public sealed record Filter(Guid OrganizationId, Guid? RepositoryId = null, Guid? ServiceId = null, string? Environment = null);
