using Veelocity.Web.Data;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking;

/// <summary>A stored repository whose commits, merges and deployments a test tells one by one.</summary>
internal sealed class StoredHistory(VeelocityDb db, Organization organization)
{
    public Guid Id { get; } = Repository.IdOf(organization.Id, "900");

    public static StoredHistory Add(VeelocityDb db, string slug)
    {
        var organization = new Organization { Name = slug, Slug = slug, TimeZone = "UTC" };
        var connection = new Connection { OrganizationId = organization.Id, Kind = "github" };
        var stored = new StoredHistory(db, organization);
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
        return stored;
    }

    public StoredHistory Commit(string sha, double at, params string[] parents)
    {
        db.Add(new Commit
        {
            OrganizationId = organization.Id,
            RepositoryId = Id,
            Sha = sha,
            Headline = sha,
            AuthoredAt = At(at),
            CommittedAt = At(at),
            ParentShas = parents,
        });
        return this;
    }

    /// <summary>A commit pushed without a pull request.</summary>
    public StoredHistory Push(string sha, double at, string parent, string headline, string? body = null)
    {
        db.Add(new Commit
        {
            OrganizationId = organization.Id,
            RepositoryId = Id,
            Sha = sha,
            Headline = headline,
            AuthoredAt = At(at),
            CommittedAt = At(at),
            ParentShas = [parent],
            NamedReverts = RevertText.Read(headline, null, body, ""),
        });
        return this;
    }

    public StoredHistory Pull(
        int number, string mergeCommit, double merged, int commits = 1, string? title = null, string? body = null, string? branch = null,
        string into = Main, string[]? labels = null, string[]? own = null)
    {
        var url = $"https://github.com/acme/shop/pull/{number}";
        db.Add(new PullRequest
        {
            Id = PullRequest.IdOf(Id, number),
            OrganizationId = organization.Id,
            RepositoryId = Id,
            Number = number,
            Title = title ?? $"Change {number}",
            Url = url,
            State = PullRequestState.Merged,
            CreatedAt = At(0),
            FirstCommitAt = At(0),
            UpdatedAt = At(merged),
            MergedAt = At(merged),
            BaseBranch = into,
            HeadBranch = branch ?? $"change-{number}",
            HeadSha = "h",
            MergeCommitSha = mergeCommit,
            CommitCount = commits,
            CommitShas = own ?? [],
            Labels = labels ?? [],
            NamedReverts = RevertText.Read(title ?? $"Change {number}", branch ?? $"change-{number}", body, url),
        });
        return this;
    }

    public StoredHistory Deploy(params (string Sha, double Finished)[] deployments)
    {
        foreach (var (sha, finished) in deployments) new StoredRepository(organization.Id, Id).AddDeployment(db, (long)(finished * 100), sha, finished);
        return this;
    }

    /// <summary>The workflow that deploys.</summary>
    public StoredHistory Workflow()
    {
        db.Add(new Workflow
        {
            Id = Veelocity.Web.Data.Workflow.IdOf(Id, 1),
            OrganizationId = organization.Id,
            RepositoryId = Id,
            ExternalId = 1,
            Name = "Deploy",
            Path = DeployYml,
            State = "active",
        });
        return this;
    }

    /// <summary>One attempt of a run of it.</summary>
    public StoredHistory Run(long run, int attempt, string conclusion, double completed, string sha)
    {
        db.Add(new WorkflowRun
        {
            Id = WorkflowRun.IdOf(Id, run, attempt),
            OrganizationId = organization.Id,
            RepositoryId = Id,
            WorkflowId = Veelocity.Web.Data.Workflow.IdOf(Id, 1),
            ExternalId = run,
            Attempt = attempt,
            Title = $"Run {run}",
            Url = $"https://github.com/acme/shop/actions/runs/{run}",
            Event = "push",
            HeadBranch = Main,
            HeadSha = sha,
            Status = "completed",
            Conclusion = conclusion,
            CreatedAt = At(completed - 1),
            StartedAt = At(completed - 0.5),
            CompletedAt = At(completed),
        });
        return this;
    }
}
