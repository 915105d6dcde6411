namespace Veelocity.Web.Metrics;

/// <summary>Whose numbers: always one organization, and within it a repository, service or team where asked.</summary>
/// <param name="Environment">An environment's name; null means production (M13).</param>
/// <param name="Working">The clock that durations are read from; null means calendar time (M7).</param>
/// <param name="WindowHours">For how many hours after a deployment an incident is laid to it (M22); null means the organization's setting.</param>
/// <param name="TeamId">Only what is this team's (<see cref="TeamScope"/>); <see cref="NoTeam"/> for what no team owns.</param>
public sealed record Filter(
    Guid OrganizationId, Guid? RepositoryId = null, Guid? ServiceId = null, string? Environment = null,
        WorkingTime? Working = null, Guid? TeamId = null,
    int? WindowHours = null)
{
    /// <summary>In place of a team's id: what belongs to none.</summary>
    public static readonly Guid NoTeam = Guid.Empty;

    /// <summary>Seconds between two instants by the chosen clock; 0 when the second is not later (M6).</summary>
    public double Seconds(DateTimeOffset from, DateTimeOffset to) => Working?.Seconds(from, to) ?? Math.Max(0, (to - from).TotalSeconds);
}
