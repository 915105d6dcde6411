using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages;

/// <summary>An organization with a connected repository and a service, into which a test puts the deployments and changes it is about.</summary>
internal sealed class MeasuredOrganization(TestApp app, Guid id, string slug)
{
    private readonly List<object> rows = [];
    private int number;
    private Guid connectionId;

    public string Slug { get; } = slug;

    public Browser Browser { get; } = app.Browser();

    public Guid RepositoryId { get; } = Repository.IdOf(id, "shop");

    public static DateTimeOffset Now => DateTimeOffset.UtcNow;

    /// <summary>Signed in as its Admin, with nothing connected yet.</summary>
    public static async Task<MeasuredOrganization> FoundAsync(TestApp app, string name = "Acme")
    {
        var someone = await app.SomeoneAsync();
        var founded = await someone.FoundAsync(name);
        var organization = new MeasuredOrganization(app, founded.GetProperty("id").GetGuid(), founded.GetProperty("slug").GetString()!);
        await organization.Browser.SignInAsync(someone);
        return organization;
    }

    public MeasuredOrganization WithService(string fullName = "acme/shop", DeploymentSource source = DeploymentSource.Environment)
    {
        var connection = new Connection { OrganizationId = id, Kind = "github" };
        connectionId = connection.Id;
        connection.Connect("secret", null, "octo", null, Guid.NewGuid(), Now);
        rows.Add(connection);
        rows.Add(new Repository
        {
            Id = RepositoryId,
            OrganizationId = id,
            ConnectionId = connection.Id,
            ExternalId = "shop",
            FullName = fullName,
            Url = $"https://github.example/{fullName}",
            DefaultBranch = "main",
            CreatedAt = Now.AddYears(-2),
        });
        var service = new Service { Id = ServiceId, OrganizationId = id, RepositoryId = RepositoryId, Name = fullName };
        service.Detect(source, "production", null, "environment production: 12 deployments in 90 days", Now);
        rows.Add(service);
        return this;
    }

    public Guid Deploy(double daysAgo, string title = "Deploy to production", bool fails = false, bool isRollback = false)
    {
        var at = Now.AddDays(-daysAgo);
        var key = $"deployment {++number}";
        var deployment = new Deployment
        {
            Id = Deployment.IdOf(ServiceId, "production", key),
            OrganizationId = id,
            RepositoryId = RepositoryId,
            ServiceId = ServiceId,
            SourceKey = key,
            Environment = "production",
            IsProduction = true,
            Sha = $"{number:x8}cafe",
            Title = title,
            Url = $"https://github.example/deployments/{number}",
            Outcome = fails ? DeploymentOutcome.Failed : DeploymentOutcome.Succeeded,
            StartedAt = at.AddMinutes(-5),
            FinishedAt = at,
            IsRelease = !fails,
            IsRollback = isRollback,
            Contents = fails ? DeploymentContents.None : DeploymentContents.Ancestry,
        };
        rows.Add(deployment);
        return deployment.Id;
    }

    /// <summary>A pull request, merged an hour before it was deployed; without a deployment it waits.</summary>
    public void Change(Guid? deployment, double daysAgo, double leadHours = 24, string title = "A change", LeftOut? leftOut = null)
    {
        var deployedAt = Now.AddDays(-daysAgo);
        var pull = ++number;
        var pullId = PullRequest.IdOf(RepositoryId, pull);
        rows.Add(new PullRequest
        {
            Id = pullId,
            OrganizationId = id,
            RepositoryId = RepositoryId,
            Number = pull,
            Title = title,
            Url = $"https://github.example/pull/{pull}",
            State = PullRequestState.Merged,
            CreatedAt = deployedAt.AddHours(-leadHours),
            UpdatedAt = deployedAt,
            MergedAt = deployedAt.AddHours(-1),
            BaseBranch = "main",
            HeadBranch = "topic",
            HeadSha = "h",
            WaitingSince = deployment is null ? deployedAt.AddHours(-1) : null,
        });
        if (deployment is not { } deploymentId) return;
        rows.Add(new DeployedChange
        {
            PullRequestId = pullId,
            OrganizationId = id,
            RepositoryId = RepositoryId,
            ServiceId = ServiceId,
            DeploymentId = deploymentId,
            DeployedAt = deployedAt,
            LeftOut = leftOut,
            LeadSeconds = leadHours * 3600,
            CodingSeconds = (leadHours - 1) * 3600,
            DeploySeconds = 3600,
        });
    }

    /// <summary>A sync of the connection that <see cref="WithService"/> made.</summary>
    public Guid Sync(double minutesAgo, Action<SyncRun> live, string connector = "github", SyncTrigger trigger = SyncTrigger.Schedule)
    {
        var run = new SyncRun
        {
            OrganizationId = id,
            ConnectionId = connectionId,
            Connector = connector,
            Trigger = trigger,
            RequestedAt = Now.AddMinutes(-minutesAgo),
        };
        live(run);
        rows.Add(run);
        return run.Id;
    }

    /// <summary>The same for every connector that reads with the connection, begun and well ended at once.</summary>
    public MeasuredOrganization WithSync(double minutesAgo)
    {
        foreach (var connector in new[] { "github", "github_actions" })
        {
            Sync(minutesAgo, run =>
            {
                run.Start(run.RequestedAt);
                run.Finish(SyncOutcome.Done, null, run.RequestedAt.AddSeconds(20));
            }, connector);
        }
        return this;
    }

    public async Task<MeasuredOrganization> SaveAsync()
    {
        await using var db = app.Database.Open();
        db.AddRange(rows);
        await db.SaveChangesAsync();
        rows.Clear();
        return this;
    }

    public Task<Seen> SeeAsync(string path) => Browser.GetAsync($"/o/{Slug}{path}");

    private Guid ServiceId => Service.IdOf(RepositoryId);
}
