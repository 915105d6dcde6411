using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Metrics.Flow;

/// <summary>Pull requests, reviews, deployments and incidents of one organization, made as a test tells their story.</summary>
internal sealed class FlowData
{
    private readonly List<object> rows = [];
    private readonly Dictionary<string, Guid> accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Guid> repositories = new(StringComparer.Ordinal);
    private readonly Guid organizationId;
    private readonly Guid connectionId;
    private int number;

    /// <param name="founded">An organization that is there already; without, one is made.</param>
    public FlowData(Guid? founded = null)
    {
        organizationId = founded ?? Guid.CreateVersion7();
        if (founded is null) rows.Add(new Organization { Id = organizationId, Name = "Acme", Slug = $"{organizationId:N}", TimeZone = "UTC", CreatedAt = Now.AddYears(-3) });
        var connection = new Connection { OrganizationId = organizationId, Kind = "github" };
        connection.Connect("secret", null, "octo", null, Guid.NewGuid(), Now);
        connectionId = connection.Id;
        rows.Add(connection);
    }

    public static DateTimeOffset Now { get; } = new(DateTimeOffset.UtcNow.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    public Guid OrganizationId => organizationId;

    public Guid RepositoryId(string name = "web")
    {
        if (repositories.TryGetValue(name, out var id)) return id;
        id = repositories[name] = Repository.IdOf(organizationId, name);
        rows.Add(new Repository
        {
            Id = id,
            OrganizationId = organizationId,
            ConnectionId = connectionId,
            ExternalId = name,
            FullName = $"acme/{name}",
            Url = $"https://github.example/acme/{name}",
            DefaultBranch = "main",
            CreatedAt = Now.AddYears(-2),
        });
        var service = new Service { Id = Service.IdOf(id), OrganizationId = organizationId, RepositoryId = id, Name = name };
        service.Detect(DeploymentSource.Environment, "production", null, "environment production: 12 deployments in 90 days", Now);
        rows.Add(service);
        return id;
    }

    public Guid AccountOf(string login, bool isBot = false)
    {
        if (accounts.TryGetValue(login, out var id)) return id;
        id = accounts[login] = Account.IdOf(organizationId, "github", login);
        rows.Add(new Account
        {
            Id = id,
            OrganizationId = organizationId,
            Provider = "github",
            ExternalId = login,
            Login = login,
            IsBot = isBot,
            Kind = isBot ? AccountKind.Bot : AccountKind.Human,
        });
        return id;
    }

    /// <summary>A pull request by ada; instants are hours ago.</summary>
    public Guid Pull(
        double createdAgo, double? firstCommitAgo = null, double? readyAgo = null, double? reviewedAgo = null, double? approvedAgo = null, double? mergedAgo = null,
        double? closedAgo = null, bool isDraft = false, double? waitingAgo = null, string repository = "web", string author = "ada", string title = "A change",
        double[]? draftedAgo = null, double[]? readiedAgo = null, int? reverts = null, bool isBot = false)
    {
        var id = PullRequest.IdOf(RepositoryId(repository), ++number);
        rows.Add(new PullRequest
        {
            Id = id,
            OrganizationId = organizationId,
            RepositoryId = RepositoryId(repository),
            Number = number,
            Title = title,
            Url = $"https://github.example/acme/{repository}/pull/{number}",
            State = mergedAgo is not null ? PullRequestState.Merged : closedAgo is not null ? PullRequestState.Closed : PullRequestState.Open,
            IsDraft = isDraft,
            AuthorAccountId = AccountOf(author, isBot),
            CreatedAt = Ago(createdAgo),
            UpdatedAt = Now,
            FirstCommitAt = firstCommitAgo is { } first ? Ago(first) : null,
            ReadyAt = readyAgo is { } ready ? Ago(ready) : null,
            FirstReviewAt = reviewedAgo is { } reviewed ? Ago(reviewed) : null,
            ApprovedAt = approvedAgo is { } approved ? Ago(approved) : null,
            MergedAt = mergedAgo is { } merged ? Ago(merged) : null,
            ClosedAt = (mergedAgo ?? closedAgo) is { } closed ? Ago(closed) : null,
            WaitingSince = waitingAgo is { } waiting ? Ago(waiting) : null,
            ConvertedToDraftAt = [.. (draftedAgo ?? []).Select(Ago)],
            ReadyForReviewAt = [.. (readiedAgo ?? []).Select(Ago)],
            BaseBranch = "main",
            HeadBranch = $"topic-{number}",
            HeadSha = $"{number:x8}",
            MergeCommitSha = mergedAgo is null ? null : $"{number:x8}feed",
            Additions = 120,
            Deletions = 14,
            ChangedFiles = 6,
            CommitCount = 3,
            IsRevert = reverts is not null,
        });
        if (reverts is { } reverted && rows.OfType<PullRequest>().FirstOrDefault(p => p.RepositoryId == RepositoryId(repository) && p.Number == reverted) is { } target)
            rows.Add(new Revert
            {
                Id = Guid.NewGuid(), OrganizationId = organizationId, RepositoryId = RepositoryId(repository), PullRequestId = id, RevertedPullRequestId = target.Id,
                MergedAt = mergedAgo is { } at ? Ago(at) : null,
            });
        return id;
    }

    public int LastNumber => number;

    public void Review(Guid pull, double hoursAgo, ReviewState state, string by = "grace", bool isBot = false) => rows.Add(new Review
    {
        OrganizationId = organizationId,
        PullRequestId = pull,
        ExternalId = $"{rows.Count}",
        AuthorAccountId = AccountOf(by, isBot),
        State = state,
        SubmittedAt = Ago(hoursAgo),
    });

    public Guid Deploy(
        double hoursAgo, string title = "Deploy", string repository = "web", DeploymentOutcome outcome = DeploymentOutcome.Succeeded, bool isRollback = false,
        Guid? takesBack = null, ChangeFailure? failedBy = null, Rework? rework = null, DeploymentContents contents = DeploymentContents.Ancestry)
    {
        var key = $"deployment {++number}";
        var id = Deployment.IdOf(Service.IdOf(RepositoryId(repository)), "production", key);
        rows.Add(new Deployment
        {
            Id = id,
            OrganizationId = organizationId,
            RepositoryId = RepositoryId(repository),
            ServiceId = Service.IdOf(RepositoryId(repository)),
            SourceKey = key,
            Environment = "production",
            IsProduction = true,
            Sha = $"{number:x8}cafe",
            Title = title,
            Url = $"https://github.example/deployments/{number}",
            Outcome = outcome,
            StartedAt = Ago(hoursAgo).AddMinutes(-5),
            FinishedAt = Ago(hoursAgo),
            IsRelease = outcome == DeploymentOutcome.Succeeded,
            IsRollback = isRollback,
            TakesBackId = takesBack,
            FailedBy = failedBy,
            Rework = rework,
            Contents = contents,
        });
        return id;
    }

    /// <summary>Says that the deployment brought the pull request, and how its lead time is cut, in hours.</summary>
    public void Brings(
        Guid deployment, double deployedAgo, Guid pull, double coding, double? pickup, double? review, double merge, double deploy, LeftOut? leftOut = null,
        string repository = "web", bool isByTime = false) =>
        rows.Add(new DeployedChange
        {
            PullRequestId = pull,
            OrganizationId = organizationId,
            RepositoryId = RepositoryId(repository),
            ServiceId = Service.IdOf(RepositoryId(repository)),
            DeploymentId = deployment,
            DeployedAt = Ago(deployedAgo),
            LeftOut = leftOut,
            IsByTime = isByTime,
            LeadSeconds = (coding + (pickup ?? 0) + (review ?? 0) + merge + deploy) * 3600,
            CodingSeconds = coding * 3600,
            PickupSeconds = pickup * 3600,
            ReviewSeconds = review * 3600,
            MergeSeconds = merge * 3600,
            DeploySeconds = deploy * 3600,
        });

    /// <summary>So many changes of the last weeks that were in each stage for so many hours.</summary>
    public void Usually(int count, double hoursInStage, string repository = "web", double daysAgo = 20)
    {
        for (var i = 0; i < count; i++)
        {
            var deployedAgo = (daysAgo * 24) + i;
            var pull = Pull(deployedAgo + (hoursInStage * 5), mergedAgo: deployedAgo + hoursInStage, repository: repository, title: "An earlier change");
            Brings(Deploy(deployedAgo, repository: repository), deployedAgo, pull, hoursInStage, hoursInStage, hoursInStage, hoursInStage, hoursInStage, repository: repository);
        }
    }

    public Guid Incident(double startedAgo, double? endedAgo, Guid deployment, string title = "Checkout is down")
    {
        var incident = new Incident { OrganizationId = organizationId, Title = title, StartedAt = Ago(startedAgo) };
        if (endedAgo is { } ended) incident.Resolve(Ago(ended));
        incident.LinkByHand(deployment, Guid.Empty, Now);
        rows.Add(incident);
        return incident.Id;
    }

    /// <summary>A member says that it does not belong in the numbers.</summary>
    public void LeaveOut(DecisionSubject subject, Guid id, string reason) => rows.Add(new MetricDecision
    {
        OrganizationId = organizationId,
        Subject = subject,
        SubjectId = id,
        RepositoryId = RepositoryId(),
        Verdict = DecisionVerdict.Exclude,
        Reason = reason,
        DecidedAt = Now,
    });

    public async Task SaveAsync(VeelocityDb db)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.AddRange(rows);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        rows.Clear();
    }

    private static DateTimeOffset Ago(double hours) => Now.AddHours(-hours);
}
