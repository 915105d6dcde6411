namespace Veelocity.Web.Metrics.Columns;

/// <summary>What counts of one repository, as it was at one moment.</summary>
/// <param name="Version">Changes with the rows (see <see cref="Data.MetricsVersion"/>).</param>
internal sealed record RepositoryColumns(Guid Id, string Name, long Version, ChangeColumns Changes, DeploymentColumns Deployments);

/// <summary>Everything that counts of an organization, as it was at one moment; never changed, only replaced.</summary>
internal sealed record OrganizationColumns(IReadOnlyList<RepositoryColumns> Repositories, long IncidentsVersion, IncidentColumns Incidents)
{
    public static readonly OrganizationColumns None = new([], 0, IncidentColumns.None);

    /// <summary>About how much memory it takes.</summary>
    public long Bytes => Repositories.Sum(r => (r.Changes.Count * 41L) + (r.Deployments.Count * 42L)) + (Incidents.Count * 160L) + 1_000;

    public IEnumerable<RepositoryColumns> Of(Filter filter) => filter.RepositoryId is { } id ? Repositories.Where(r => r.Id == id) : Repositories;

    /// <summary>Lead times of changes that were deployed in a span of time.</summary>
    public void AddLeadTimes(Sample sample, Filter filter, Instants span)
    {
        foreach (var repository in Of(filter)) repository.Changes.AddTo(sample, filter, span);
    }

    /// <param name="sureUntil">What was released later can still fail; null where nobody asks.</param>
    public DeploymentTally Tally(Filter filter, Instants span, DateTimeOffset? sureUntil = null) => Tally(filter, [span], sureUntil)[0];

    /// <summary>A tally for each span; the spans follow each other in time.</summary>
    public DeploymentTally[] Tally(Filter filter, IReadOnlyList<Instants> spans, DateTimeOffset? sureUntil = null)
    {
        var tallies = spans.Select(_ => new DeploymentTally()).ToArray();
        foreach (var repository in Of(filter)) repository.Deployments.AddTo(tallies, spans, filter, sureUntil ?? DateTimeOffset.MaxValue);
        return tallies;
    }

    public IEnumerable<(RepositoryColumns Repository, DeploymentTally Tally)> TallyByRepository(Filter filter, Instants span, DateTimeOffset? sureUntil = null)
    {
        foreach (var repository in Of(filter))
        {
            DeploymentTally[] tally = [new()];
            repository.Deployments.AddTo(tally, [span], filter, sureUntil ?? DateTimeOffset.MaxValue);
            yield return (repository, tally[0]);
        }
    }
}
