using Veelocity.Web.Data;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking;

/// <summary>A stored repository with three commits, two merged pull requests and two production deployments, in an organization of its own.</summary>
internal sealed record StoredRepository(Guid OrganizationId, Guid Id)
{
    public static StoredRepository Add(VeelocityDb db, string slug)
    {
        var organization = new Organization { Name = slug, Slug = slug, TimeZone = "UTC" };
        var connection = new Connection { OrganizationId = organization.Id, Kind = "github" };
        var stored = new StoredRepository(organization.Id, Repository.IdOf(organization.Id, "900"));
        db.AddRange(organization, connection, new Repository
        {
            Id = stored.Id,
            OrganizationId = organization.Id,
            ConnectionId = connection.Id,
            ExternalId = "900",
            FullName = "acme/shop",
            Url = "https://github.com/acme/shop",
            DefaultBranch = Main,
        });
        var author = stored.AddAccount(db, "ann", "Ann");
        var reviewer = stored.AddAccount(db, "ben", null);
        stored.AddCommits(db, "v0", "v1", "v2");
        stored.AddPull(db, 1, "v1", created: 1, merged: 5, author, null);
        stored.AddPull(db, 2, "v2", created: 10, merged: 15, author, reviewer);
        db.Add(new DeploymentEnvironment { OrganizationId = organization.Id, RepositoryId = stored.Id, Name = "production" });
        stored.AddDeployment(db, 1, "v1", 6);
        stored.AddDeployment(db, 2, "v2", 20);
        return stored;
    }

    public void AddDeployment(VeelocityDb db, long id, string sha, double finished, string environment = "production")
    {
        var deployment = new EnvironmentDeployment
        {
            Id = EnvironmentDeployment.IdOf(Id, id),
            OrganizationId = OrganizationId,
            RepositoryId = Id,
            ExternalId = id,
            NodeId = $"node {id}",
            Environment = environment,
            Sha = sha,
            CreatedAt = At(finished - 0.25),
        };
        db.AddRange(deployment, new EnvironmentDeploymentStatus
        {
            OrganizationId = OrganizationId,
            EnvironmentDeploymentId = deployment.Id,
            ExternalId = $"status {id}",
            State = "success",
            CreatedAt = At(finished),
        });
    }

    private Guid AddAccount(VeelocityDb db, string login, string? name)
    {
        var id = Account.IdOf(OrganizationId, "github", login);
        db.Add(new Account { Id = id, OrganizationId = OrganizationId, Provider = "github", ExternalId = login, Login = login, Name = name });
        return id;
    }

    private void AddCommits(VeelocityDb db, params string[] shas)
    {
        for (var i = 0; i < shas.Length; i++)
            db.Add(new Commit
            {
                OrganizationId = OrganizationId,
                RepositoryId = Id,
                Sha = shas[i],
                Headline = shas[i],
                AuthoredAt = At(i),
                CommittedAt = At(i),
                ParentShas = i == 0 ? [] : [shas[i - 1]],
            });
    }

    private void AddPull(VeelocityDb db, int number, string mergeCommit, double created, double merged, Guid author, Guid? reviewer)
    {
        var id = PullRequest.IdOf(Id, number);
        db.Add(new PullRequest
        {
            Id = id,
            OrganizationId = OrganizationId,
            RepositoryId = Id,
            Number = number,
            Title = $"Change {number}",
            Url = $"https://github.com/acme/shop/pull/{number}",
            State = PullRequestState.Merged,
            AuthorAccountId = author,
            CreatedAt = At(created),
            FirstCommitAt = At(created),
            UpdatedAt = At(merged),
            MergedAt = At(merged),
            BaseBranch = Main,
            HeadBranch = $"change-{number}",
            HeadSha = "h",
            MergeCommitSha = mergeCommit,
            ReadyForReviewAt = reviewer is null ? [] : [At(created + 1)],
        });
        if (reviewer is null) return;
        AddReview(db, id, "1", reviewer, ReviewState.Commented, created + 2);
        AddReview(db, id, "2", reviewer, ReviewState.Approved, created + 3);
    }

    private void AddReview(VeelocityDb db, Guid pull, string id, Guid? author, ReviewState state, double at) => db.Add(new Review
    {
        OrganizationId = OrganizationId,
        PullRequestId = pull,
        ExternalId = id,
        AuthorAccountId = author,
        State = state,
        SubmittedAt = At(at),
    });
}
