using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Pages.Settings;

/// <summary>A repository's facts of the last weeks: pull requests merged, and deployed to production by an environment, by a release, or by merging.</summary>
internal static class DeliveringRepository
{
    private static DateTimeOffset Now { get; } = new(DateTimeOffset.UtcNow.Ticks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    /// <summary>Ten commits, each a pull request merged a day after the one before; every third goes to production, the last also as a release.</summary>
    public static Guid Add(VeelocityDb db, Guid organizationId, string name = "shop")
    {
        var connection = ConnectionIn(db, organizationId);
        var id = Repository.IdOf(organizationId, name);
        db.Add(new Repository
        {
            Id = id,
            OrganizationId = organizationId,
            ConnectionId = connection.Id,
            ExternalId = name,
            FullName = $"acme/{name}",
            Url = $"https://github.example/acme/{name}",
            DefaultBranch = "main",
            CreatedAt = Now.AddYears(-1),
        });
        var author = Veelocity.Web.Data.Account.IdOf(organizationId, "github", "1");
        if (db.Accounts.Local.All(account => account.Id != author))
            db.Add(new Veelocity.Web.Data.Account { Id = author, OrganizationId = organizationId, Provider = "github", ExternalId = "1", Login = "ada", Name = "Ada Lovelace" });
        for (var number = 1; number <= 10; number++) AddPull(db, organizationId, id, author, number);
        foreach (var (number, environment) in new[] { (1, "production"), (4, "production"), (7, "production"), (10, "staging") }) Deploy(db, organizationId, id, number, environment);
        foreach (var number in new[] { 2, 9 })
            db.Add(new Release { Id = Release.IdOf(id, $"{number}"), OrganizationId = organizationId, RepositoryId = id, ExternalId = $"{number}", Tag = $"v1.{number}", Url = "https://github.example/r", Sha = Sha(number), PublishedAt = MergedAt(number).AddHours(2) });
        return id;
    }

    /// <summary>Several repositories share one.</summary>
    private static Connection ConnectionIn(VeelocityDb db, Guid organizationId)
    {
        if (db.Connections.Local.SingleOrDefault(c => c.OrganizationId == organizationId) is { } known) return known;
        var connection = new Connection { OrganizationId = organizationId, Kind = "github" };
        connection.Connect("secret", null, "octo", null, Guid.NewGuid(), Now);
        db.Add(connection);
        return connection;
    }

    private static DateTimeOffset MergedAt(int number) => Now.AddDays(number - 20);

    private static string Sha(int number) => $"c{number}";

    private static void AddPull(VeelocityDb db, Guid organizationId, Guid repositoryId, Guid author, int number) => db.AddRange(
        new Commit { OrganizationId = organizationId, RepositoryId = repositoryId, Sha = Sha(number), Headline = "c", AuthoredAt = MergedAt(number), CommittedAt = MergedAt(number), ParentShas = number == 1 ? [] : [Sha(number - 1)] },
        new PullRequest
        {
            Id = PullRequest.IdOf(repositoryId, number),
            OrganizationId = organizationId,
            RepositoryId = repositoryId,
            Number = number,
            Title = $"Change {number}",
            Url = $"https://github.example/acme/shop/pull/{number}",
            State = PullRequestState.Merged,
            AuthorAccountId = author,
            CreatedAt = MergedAt(number).AddHours(-number),
            UpdatedAt = MergedAt(number),
            MergedAt = MergedAt(number),
            BaseBranch = "main",
            HeadBranch = "topic",
            HeadSha = "h",
            MergeCommitSha = Sha(number),
            CommitCount = 1,
            Labels = number == 3 ? ["release", "urgent"] : [],
        });

    private static void Deploy(VeelocityDb db, Guid organizationId, Guid repositoryId, int number, string environment)
    {
        var id = EnvironmentDeployment.IdOf(repositoryId, number);
        db.AddRange(
            new DeploymentEnvironment { OrganizationId = organizationId, RepositoryId = repositoryId, Name = $"{environment}-unused-{number}" },
            new EnvironmentDeployment { Id = id, OrganizationId = organizationId, RepositoryId = repositoryId, ExternalId = number, NodeId = $"{number}", Environment = environment, Sha = Sha(number), CreatedAt = MergedAt(number).AddHours(3) },
            new EnvironmentDeploymentStatus { OrganizationId = organizationId, EnvironmentDeploymentId = id, ExternalId = "s", State = "success", CreatedAt = MergedAt(number).AddHours(4) });
    }
}
