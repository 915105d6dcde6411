using System.Globalization;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Recordings;

/// <summary>Pull requests of a recording with commits, reviews, events and comments.</summary>
internal sealed class RecordedPullRequests(Recording recording)
{
    public void Load()
    {
        foreach (var row in recording.Rows("pulls").OrderBy(row => row.Count("number")))
            Read(row);
        foreach (var row in recording.Rows("pull_commits"))
        {
            var pull = PullOf(row, "number");
            foreach (var sha in row.Items("sha"))
            {
                if (pull.Repository.Commits.TryGetValue(sha.GetString()!, out var commit))
                    pull.Add(commit);
            }
        }

        foreach (var pull in recording.World.Repositories.SelectMany(repository => repository.PullRequests))
        {
            if (pull.MergeCommit is { } merge && !merge.PullRequests.Contains(pull))
                merge.PullRequests.Add(pull);
        }

        foreach (var row in recording.Rows("reviews"))
        {
            var at = row.Instant("submitted_at") ?? row.Instant("created_at");
            var pull = PullOf(row, "_number");
            pull.Add(new Review(pull, recording.IdOf(row), recording.AccountOf(row.Child("user")), (row.Text("state") ?? "COMMENTED").ToUpper(CultureInfo.InvariantCulture), at ?? pull.CreatedAt)
            {
                SubmittedAt = row.Instant("submitted_at"),
                CommitSha = row.Text("commit_id"),
                Body = row.Text("body") ?? "",
            });
        }

        foreach (var row in recording.Rows("timeline").OrderBy(row => row.Text("created_at"), StringComparer.Ordinal))
        {
            var reviewer = recording.AccountOf(row.Child("requested_reviewer"));
            PullOf(row, "_number").Timeline.Add(recording.World.Register(
                new TimelineEvent(recording.IdOf(row), row.Text("event")!, recording.AccountOf(row.Child("actor")), row.Instant("created_at")!.Value, reviewer)));
        }

        foreach (var row in recording.Rows("issue_comments"))
            PullOf(row, "_number").Comments.Add(new Comment(recording.IdOf(row), recording.AccountOf(row.Child("user")), row.Instant("created_at")!.Value, row.Text("body") ?? ""));
    }

    private PullRequest PullOf(Row row, string number) =>
        recording.RepositoryOf(row).FindPullRequest(row.Count(number)) ?? throw new InvalidDataException($"There is no pull request {row.Number(number)}.");

    private void Read(Row row)
    {
        var repository = recording.RepositoryOf(row);
        var createdAt = row.Instant("created_at") ?? recording.World.Now;
        var (head, target) = (row.Child("head"), row.Child("base"));
        var headOwner = head?.Text("owner") ?? head?.Child("user")?.Text("login");
        var mergedAt = row.Instant("merged_at");
        var pull = new PullRequest(repository, recording.IdOf(row), row.Count("number"))
        {
            Title = row.Text("title") ?? "",
            Body = row.Text("body"),
            Author = recording.AccountOf(row.Child("user")),
            MergedBy = recording.AccountOf(row.Child("merged_by")),
            IsDraft = row.Is("draft"),
            CreatedAt = createdAt,
            UpdatedAt = row.Instant("updated_at") ?? createdAt,
            ClosedAt = row.Instant("closed_at") ?? mergedAt,
            MergedAt = mergedAt,
            BaseRef = target?.Text("ref") ?? repository.DefaultBranchName,
            BaseSha = target?.Text("sha"),
            HeadRef = head?.Text("ref") ?? "",
            HeadOwner = headOwner,
            IsCrossRepository = headOwner is not null && !headOwner.Equals(repository.Owner.Login, StringComparison.OrdinalIgnoreCase),
            MergeCommit = mergedAt is not null && row.Text("merge_commit_sha") is { } merge ? repository.Commits.GetValueOrDefault(merge) : null,
            Additions = row.Count("additions"),
            Deletions = row.Count("deletions"),
            ChangedFiles = row.Count("changed_files"),
            ReviewThreads = row.Count("review_comments"),
        };
        foreach (var label in row.Items("labels").Select(label => new Row(label)))
            pull.Labels.Add(new Label(recording.IdOf(label), label.Text("name") ?? "", label.Text("color") ?? "ededed"));
        foreach (var reviewer in row.Items("requested_reviewers"))
        {
            if (recording.AccountOf(new Row(reviewer)) is { } account)
                pull.RequestedReviewers.Add(account);
        }

        repository.Add(pull);
    }
}
