using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync.Rows;

/// <summary>Pull requests with their reviews and the paths they change.</summary>
internal sealed class PullRequestRows(RowOwner owner)
{
    public Dictionary<Guid, PullRequest> PullRequests { get; } = [];
    public Dictionary<(Guid, string), Review> Reviews { get; } = [];

    public Dictionary<Guid, PullRequestPaths> Paths { get; } = [];

    public void Add(PullRequestFact fact)
    {
        var repositoryId = owner.RepositoryOf(fact.RepositoryExternalId);
        var id = PullRequest.IdOf(repositoryId, fact.Number);
        PullRequests[id] = new PullRequest
        {
            Id = id,
            OrganizationId = owner.OrganizationId,
            RepositoryId = repositoryId,
            Number = fact.Number,
            Title = fact.Title,
            Url = fact.Url,
            State = fact.State switch
            {
                PullState.Merged => PullRequestState.Merged,
                PullState.Closed => PullRequestState.Closed,
                _ => PullRequestState.Open,
            },
            IsDraft = fact.IsDraft,
            AuthorAccountId = owner.AccountOf(fact.Author),
            MergedByAccountId = owner.AccountOf(fact.MergedBy),
            CreatedAt = fact.CreatedAt,
            UpdatedAt = fact.UpdatedAt,
            ClosedAt = fact.ClosedAt,
            MergedAt = fact.MergedAt,
            BaseBranch = fact.BaseBranch,
            HeadBranch = fact.HeadBranch,
            HeadSha = fact.HeadSha,
            IsFromFork = fact.IsFromFork,
            CommitShas = [.. fact.Commits.Select(commit => commit.Sha).Where(sha => sha.Length > 0)],
            MergeCommitSha = fact.MergeCommitSha,
            Additions = fact.Additions,
            Deletions = fact.Deletions,
            ChangedFiles = fact.ChangedFiles,
            CommentCount = fact.CommentCount,
            CommitCount = fact.CommitCount,
            FirstCommitAt = IsBackport(fact) ? fact.Commits.Min(commit => commit.CommittedAt) ?? fact.FirstCommitAt : fact.FirstCommitAt,
            Labels = [.. fact.Labels],
            ReadyForReviewAt = [.. fact.ReadyForReviewAt.Order()],
            ConvertedToDraftAt = [.. fact.ConvertedToDraftAt.Order()],
            NamedReverts = RevertText.Read(fact.Title, fact.HeadBranch, fact.Body, fact.Url),
            NamedIssues = NamedIssues.In(fact.Title, fact.HeadBranch, fact.Body),
        };
        foreach (var review in fact.Reviews) Add(id, review);
    }

    public void Add(PullRequestPathsFact fact)
    {
        var repositoryId = owner.RepositoryOf(fact.RepositoryExternalId);
        var id = PullRequest.IdOf(repositoryId, fact.Number);
        Paths[id] = new PullRequestPaths
        {
            PullRequestId = id,
            OrganizationId = owner.OrganizationId,
            RepositoryId = repositoryId,
            Paths = [.. fact.Paths],
            IsComplete = fact.IsComplete,
        };
    }

    private static bool IsBackport(PullRequestFact fact) =>
        BackportText.IsBackport(fact.Title, fact.HeadBranch, fact.Body, fact.Labels)
        || fact.Commits.Any(commit => BackportText.HasTrailer(commit.Body));

    private void Add(Guid pullRequestId, ReviewFact review) => Reviews[(pullRequestId, review.ExternalId)] = new Review
    {
        OrganizationId = owner.OrganizationId,
        PullRequestId = pullRequestId,
        ExternalId = review.ExternalId,
        AuthorAccountId = owner.AccountOf(review.Author),
        State = review.Verdict switch
        {
            ReviewVerdict.Approved => ReviewState.Approved,
            ReviewVerdict.ChangesRequested => ReviewState.ChangesRequested,
            ReviewVerdict.Dismissed => ReviewState.Dismissed,
            _ => ReviewState.Commented,
        },
        SubmittedAt = review.SubmittedAt,
    };
}
