namespace Veelocity.Web.Metrics.Columns;

/// <summary>What counts of one repository, as it was at one moment.</summary>
/// <param name="Version">Changes with the rows (see <see cref="Data.MetricsVersion"/>).</param>
internal sealed record RepositoryColumns(Guid Id, string Name, long Version, ChangeColumns Changes, DeploymentColumns Deployments);

/// <summary>Everything that counts of an organization, as it was at one moment; never changed, only replaced.</summary>
/// <param name="WorkedOut">What was worked out of it so far.</param>
internal sealed record OrganizationColumns(IReadOnlyList<RepositoryColumns> Repositories, long IncidentsVersion, IncidentColumns Incidents, WorkedOut WorkedOut)
{
    public static readonly OrganizationColumns None = new([], 0, IncidentColumns.None, new WorkedOut(0));

    /// <summary>About how much memory it takes.</summary>
    public long Bytes => Repositories.Sum(r => r.Changes.Bytes + r.Deployments.Bytes) + (Incidents.Count * 160L) + 1_000;
}
