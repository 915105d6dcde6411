namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Completes a pull request with the commits and reviews that did not fit on its page.</summary>
internal sealed class PullRequestDetails(GitHubSession session)
{
    private static readonly GraphQlDocument MoreCommits = GraphQlDocument.Beside(typeof(PullRequestDetails), "MoreCommits");
    private static readonly GraphQlDocument MoreReviews = GraphQlDocument.Beside(typeof(PullRequestDetails), "MoreReviews");

    public async Task<Fact> CompleteAsync(RepositoryPlace place, PullRequestNode pull, RowReader rows, CancellationToken cancellation)
    {
        var commits = await AllAsync<PullCommitNode>(pull, pull.Commits, MoreCommits, node => node.Commits, rows, cancellation);
        var reviews = await AllAsync<ReviewNode>(pull, pull.Reviews, MoreReviews, node => node.Reviews, rows, cancellation);
        return pull.ToFact(
            place,
            [.. commits.Select(commit => commit.Commit?.ToCommit()).OfType<PullRequestCommit>()],
            [.. rows.Read<LabelNode>(pull.Labels?.Rows ?? []).Select(label => label.Name).OfType<string>()],
            rows.Read<TimelineNode>(pull.TimelineItems?.Rows ?? []),
            [.. reviews.Select(review => review.ToFact()).OfType<ReviewFact>().OrderBy(review => review.SubmittedAt)]);
    }

    private async Task<List<TRow>> AllAsync<TRow>(
        PullRequestNode pull,
        PageNode? first,
        GraphQlDocument more,
        Func<MorePullRequestNode, PageNode?> pageOf,
        RowReader rows,
        CancellationToken cancellation)
        where TRow : class
    {
        var all = rows.Read<TRow>(first?.Rows ?? [], "id");
        for (var after = first?.Next; after is not null;)
        {
            var reply = await session.Graph.AskAsync<MorePullRequestData>(
                more, new { id = Required.Of(pull.Id, "id"), after }, cancellation);
            var page = reply.Data.Node is { } node ? pageOf(node) : null;
            all.AddRange(rows.Read<TRow>(page?.Rows ?? [], "id"));
            after = page?.Next;
        }
        return all;
    }
}
