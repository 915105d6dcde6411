namespace Veelocity.Web.Metrics.Columns;

/// <summary>What a filter asks for of an organization's columns; repositories that have nothing of it are not looked at.</summary>
internal sealed class AskedColumns
{
    private static readonly bool[] Nothing = [];

    private readonly Filter filter;
    private readonly IncidentColumns incidents;
    private readonly HashSet<Guid>? services;
    private readonly bool withUnknown;
    private readonly bool isOfProduction;

    // Only what the filter alone decides can be known again: which services are a team's changes apart from the columns.
    private readonly WorkedOut? worked;

    public AskedColumns(OrganizationColumns columns, Filter filter, ServiceChoice asked)
    {
        (this.filter, incidents, withUnknown) = (filter, columns.Incidents, asked.WithUnknown);
        services = asked.Ids?.ToHashSet();
        isOfProduction = filter.Environment is { } name
            && (name == IncidentPlace.Production || columns.Repositories.Any(r => r.Deployments.HasProduction(name)));
        if (filter is { TeamId: null, Working: null } && asked.Ids?.Length == (filter.ServiceId is null ? null : 1)) worked = columns.WorkedOut;
        Repositories =
        [
            .. columns.Repositories
                .Where(r => filter.RepositoryId is null || r.Id == filter.RepositoryId)
                .Select(r => new Repository(r, filter, MaskOf(r.Changes.MaskOf(services)), MaskOf(r.Deployments.MaskOf(services)))),
        ];
    }

    public IReadOnlyList<Repository> Repositories { get; }

    /// <summary>Lead times of changes that were deployed in a span of time, in short.</summary>
    public LeadTimes LeadTimes(Instants span) => Known("lead times", [span], null, () =>
    {
        using var sample = new Sample();
        AddLeadTimes(sample, span);
        return Columns.LeadTimes.Of(sample);
    });

    /// <summary>Lead times of changes that were deployed in a span of time.</summary>
    public void AddLeadTimes(Sample sample, Instants span)
    {
        foreach (var repository in Repositories) repository.AddLeadTimes(sample, span);
    }

    /// <param name="sureUntil">What was released later can still fail; null where nobody asks.</param>
    public DeploymentTally Tally(Instants span, DateTimeOffset? sureUntil = null) => Tally([span], sureUntil)[0];

    /// <summary>A tally for each span; the spans follow each other in time.</summary>
    public IReadOnlyList<DeploymentTally> Tally(IReadOnlyList<Instants> spans, DateTimeOffset? sureUntil = null) =>
        spans.Count == 0 ? [] : Known("tally", spans, sureUntil, () => TallyOf(spans, sureUntil));

    private TAnswer Known<TAnswer>(string what, IReadOnlyList<Instants> spans, DateTimeOffset? sureUntil, Func<TAnswer> workOut)
        where TAnswer : class =>
        worked is null ? workOut() : worked.Of(new Asked(what, filter.RepositoryId, filter.ServiceId, filter.Environment, spans, sureUntil), workOut);

    private DeploymentTally[] TallyOf(IReadOnlyList<Instants> spans, DateTimeOffset? sureUntil)
    {
        var tallies = spans.Select(_ => new DeploymentTally()).ToArray();
        foreach (var repository in Repositories) repository.Tally(tallies, spans, sureUntil);
        return tallies;
    }

    /// <summary>Incidents that started in a span of time, by what they affected.</summary>
    public List<IncidentTimes> IncidentsIn(Instants span) =>
        Of(span, incident => IsAsked(incident.ServiceId) && (filter.RepositoryId is null || incident.RepositoryId == filter.RepositoryId));

    /// <summary>Those that a known release brought, by whose release it was, which need not be what they affected.</summary>
    public List<IncidentTimes> IncidentsOfReleasesIn(Instants span) =>
        Of(span, incident => incident.ReleasedAt is not null && IsAsked(incident.ReleasedServiceId)
            && (filter.RepositoryId is null || incident.ReleasedRepositoryId == filter.RepositoryId));

    private List<IncidentTimes> Of(Instants span, Predicate<IncidentTimes> isAsked)
    {
        var found = new List<IncidentTimes>();
        foreach (var incident in incidents.In(span))
        {
            if (isAsked(incident) && incident.Place.IsIn(filter.Environment, isOfProduction)) found.Add(incident);
        }
        return found;
    }

    private bool IsAsked(Guid? service) => services is null || (service is { } id ? services.Contains(id) : withUnknown);

    private static bool[]? MaskOf(bool[]? mask) => mask is not null && !mask.Contains(true) ? Nothing : mask;

    /// <summary>A repository's part.</summary>
    internal sealed class Repository(RepositoryColumns columns, Filter filter, bool[]? changes, bool[]? deployments)
    {
        public Guid Id => columns.Id;
        public string Name => columns.Name;

        public void AddLeadTimes(Sample sample, Instants span)
        {
            if (changes != Nothing) columns.Changes.AddTo(sample, changes, filter.Working, span);
        }

        public DeploymentTally Tally(Instants span, DateTimeOffset? sureUntil = null)
        {
            DeploymentTally[] tally = [new()];
            Tally(tally, [span], sureUntil);
            return tally[0];
        }

        public void Tally(DeploymentTally[] tallies, IReadOnlyList<Instants> spans, DateTimeOffset? sureUntil)
        {
            if (deployments != Nothing) columns.Deployments.AddTo(tallies, spans, deployments, filter.Environment, sureUntil ?? DateTimeOffset.MaxValue);
        }
    }
}
