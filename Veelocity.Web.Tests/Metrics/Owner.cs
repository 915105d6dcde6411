using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Metrics;

/// <summary>Makes the rows of one organization.</summary>
internal sealed class Owner(int seed)
{
    private readonly HashSet<string> repositories = new(StringComparer.Ordinal);
    private Guid? human;

    public Guid Id { get; } = Guid.CreateVersion7();

    public Connection Connection => field ??= new Connection { OrganizationId = Id, Kind = "github" };

    public Organization MakeOrganization(TimeZoneInfo zone) =>
        new() { Id = Id, Name = $"Organization {seed}", Slug = $"{Id:N}", TimeZone = zone.Id, CreatedAt = MeasuredData.Long };

    public Guid RepositoryId(string name) => Repository.IdOf(Id, name);

    public void AddRepository(List<object> rows, string name, DateTimeOffset createdAt)
    {
        if (!repositories.Add(name)) return;
        rows.Add(new Repository
        {
            Id = RepositoryId(name),
            OrganizationId = Id,
            ConnectionId = Connection.Id,
            ExternalId = name,
            FullName = $"acme/{name}",
            Url = $"https://github.example/acme/{name}",
            DefaultBranch = "main",
            CreatedAt = createdAt,
        });
        rows.Add(new Service { Id = ServiceId(name), OrganizationId = Id, RepositoryId = RepositoryId(name), Name = name });
    }

    public Guid AddDeployment(
        List<object> rows, string repository, int number, DateTimeOffset at, bool isRelease, DeploymentOutcome outcome, string environment,
        bool isProduction, ChangeFailure? failedBy = null, Rework? rework = null)
    {
        AddRepository(rows, repository, MeasuredData.Long);
        var id = Deployment.IdOf(ServiceId(repository), environment, $"deployment {number}");
        rows.Add(new Deployment
        {
            Id = id,
            OrganizationId = Id,
            RepositoryId = RepositoryId(repository),
            ServiceId = ServiceId(repository),
            SourceKey = $"deployment {number}",
            Environment = environment,
            IsProduction = isProduction,
            Sha = $"{number:x8}",
            Title = $"Deployment {number}",
            Url = $"https://github.example/acme/{repository}/deployments/{number}",
            Outcome = outcome,
            StartedAt = at.AddMinutes(-5),
            FinishedAt = at,
            IsRelease = isRelease && outcome == DeploymentOutcome.Succeeded,
            IsRollback = rework == Rework.Rollback,
            FailedBy = failedBy,
            Rework = rework,
            Contents = DeploymentContents.Ancestry,
        });
        return id;
    }

    public void AddIncident(
        List<object> rows, string? repository, DateTimeOffset startedAt, double? seconds, IncidentSeverity? severity, Guid? deployment, double factor,
        bool namesOther = false)
    {
        if (repository is not null) AddRepository(rows, repository, MeasuredData.Long);
        var incident = new Incident
        {
            OrganizationId = Id,
            Title = "Something broke",
            StartedAt = startedAt,
            Severity = severity,
            ServiceId = repository is null ? null : ServiceId(repository),
            NamesOther = namesOther,
        };
        if (seconds is { } lasted) incident.Resolve(startedAt.AddSeconds(lasted * factor));
        if (deployment is not null) incident.LinkByHand(deployment, Guid.Empty, startedAt);
        rows.Add(incident);
    }

    public void AddChange(
        List<object> rows, string repository, int number, DateTimeOffset at, double leadSeconds, LeftOut? leftOut, double? pickup, double? review)
    {
        // A repeat of the commit before, so that changes do not add to the releases that a test counts.
        var deployment = AddDeployment(rows, repository, number, at, isRelease: false, DeploymentOutcome.Succeeded, "production", isProduction: true);
        AddPullRequest(rows, repository, number, at.AddHours(-1), isRevert: leftOut == LeftOut.Revert, waitingSince: null);
        var inStages = (pickup ?? 0) + (review ?? 0);
        rows.Add(new DeployedChange
        {
            PullRequestId = PullRequest.IdOf(RepositoryId(repository), number),
            OrganizationId = Id,
            RepositoryId = RepositoryId(repository),
            ServiceId = ServiceId(repository),
            DeploymentId = deployment,
            DeployedAt = at,
            LeftOut = leftOut,
            LeadSeconds = leadSeconds,
            CodingSeconds = (leadSeconds - inStages) / 2,
            PickupSeconds = pickup,
            ReviewSeconds = review,
            MergeSeconds = (leadSeconds - inStages) / 4,
            DeploySeconds = (leadSeconds - inStages) / 4,
        });
    }

    public void AddWaiting(List<object> rows, string repository, int number, DateTimeOffset mergedAt)
    {
        AddRepository(rows, repository, MeasuredData.Long);
        AddPullRequest(rows, repository, number, mergedAt, isRevert: false, waitingSince: mergedAt);
    }

    public void AddPullRequest(List<object> rows, string repository, int number, DateTimeOffset mergedAt, bool isRevert, DateTimeOffset? waitingSince) =>
        rows.Add(new PullRequest
        {
            Id = PullRequest.IdOf(RepositoryId(repository), number),
            OrganizationId = Id,
            RepositoryId = RepositoryId(repository),
            Number = number,
            Title = $"Change {number}",
            Url = $"https://github.example/acme/{repository}/pull/{number}",
            State = PullRequestState.Merged,
            AuthorAccountId = Human(rows),
            CreatedAt = mergedAt.AddHours(-2),
            UpdatedAt = mergedAt,
            ClosedAt = mergedAt,
            MergedAt = mergedAt,
            BaseBranch = "main",
            HeadBranch = $"topic-{number}",
            HeadSha = $"{number:x8}",
            IsRevert = isRevert,
            LeftOut = isRevert ? LeftOut.Revert : null,
            WaitingSince = waitingSince,
            ServiceIds = [Service.IdOf(RepositoryId(repository))],
        });

    private Guid Human(List<object> rows)
    {
        if (human is null)
        {
            human = Account.IdOf(Id, "github", "ada");
            rows.Add(new Account { Id = human.Value, OrganizationId = Id, Provider = "github", ExternalId = "ada", Login = "ada" });
        }
        return human.Value;
    }

    internal Guid ServiceId(string name) => Service.IdOf(RepositoryId(name));
}
