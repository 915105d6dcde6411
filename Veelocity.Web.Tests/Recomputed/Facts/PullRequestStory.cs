using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>One pull request: its words, drafts, reviews and end.</summary>
internal sealed class PullRequestStory
{
    private static readonly string[] Subjects = ["basket", "login", "search", "mail", "report", "cache", "export"];

    private readonly World world;
    private readonly Dice dice;
    private readonly Staff staff;
    private readonly Repository repository;
    private readonly int number;
    private readonly string[] labels;
    private string title;
    private string? description;
    private PullRequest? reverted;

    /// <param name="around">About when it is worked on.</param>
    public PullRequestStory(World world, Dice dice, Staff staff, Repository repository, int number, DateTimeOffset around)
    {
        (this.world, this.dice, this.staff, this.repository, this.number) = (world, dice, staff, repository, number);
        title = $"Improve the {dice.Pick(Subjects)} {number}";
        Branch = $"topic-{number}";
        labels = [];
        switch (dice.Below(40))
        {
            case 0: labels = ["hotfix"]; break;
            case 1: Branch = $"hotfix/{number}"; break;
            case 2: title = $"Hotfix: {title}"; break;
            case 3: Branch = $"release-please--branches--main-{number}"; break;
            case 4: labels = ["autorelease: pending"]; break;
            case 5: description = "This was no incident."; break;
        }
        if (IssueStory.Name(world, dice, around) is { } named) (title, Branch, description) = named.Into(title, Branch, description);
    }

    public string Title => title;

    public string Branch { get; private set; }

    /// <summary>The branch it is merged into.</summary>
    public string Into { get; set; } = "main";

    /// <summary>Folders whose files it may change; null when nobody reads them.</summary>
    public IReadOnlyList<string>? Folders { get; init; }

    /// <summary>Pull requests that it may revert.</summary>
    public IReadOnlyList<PullRequest> Earlier { get; init; } = [];

    public void Leave(DateTimeOffset at, bool isClosed)
    {
        var created = at - dice.Span(1, 90);
        Store(created, null, isClosed ? at : null, [dice.Sha()], null);
    }

    /// <param name="own">Its own commits, the last is its head.</param>
    public PullRequest Merge(DateTimeOffset at, IReadOnlyList<string> own, string mergeCommit)
    {
        if (Earlier.Count > 0 && dice.Chance(10)) Revert(dice.Pick([.. Earlier.TakeLast(6)]));
        return Store(at - dice.Span(0.1, dice.Chance(20) ? 300 : 60), at, at, own, mergeCommit);
    }

    private void Revert(PullRequest other)
    {
        reverted = other;
        title = $"Revert \"{other.Title}\"";
        Branch = $"revert-{other.Number}-{other.HeadBranch}";
        description = dice.Below(3) switch
        {
            0 => $"Reverts {repository.FullName}#{other.Number}",
            1 => $"Because it was slow.\n\nThis reverts commit {other.MergeCommitSha}.",
            _ => null,
        };
    }

    private PullRequest Store(
        DateTimeOffset created, DateTimeOffset? mergedAt, DateTimeOffset? closedAt, IReadOnlyList<string> own, string? mergeCommit)
    {
        var end = closedAt ?? world.Now;
        var drafts = new DraftStory(dice, created, end);
        var url = $"{repository.Url}/pull/{number}";
        var pull = new PullRequest
        {
            Id = PullRequest.IdOf(repository.Id, number),
            OrganizationId = world.OrganizationId,
            RepositoryId = repository.Id,
            Number = number,
            Title = title,
            Url = url,
            State = mergedAt is not null ? PullRequestState.Merged : closedAt is not null ? PullRequestState.Closed : PullRequestState.Open,
            IsDraft = drafts.IsDraft,
            AuthorAccountId = staff.Author(dice),
            CreatedAt = created,
            UpdatedAt = end,
            MergedAt = mergedAt,
            ClosedAt = closedAt,
            BaseBranch = Into,
            HeadBranch = Branch,
            HeadSha = own[^1],
            MergeCommitSha = mergeCommit,
            CommitShas = [.. own],
            CommitCount = own.Count,
            FirstCommitAt = dice.Chance(5) ? null : created - dice.Span(-3, 40),
            Labels = labels,
            ReadyForReviewAt = [.. drafts.Readied],
            ConvertedToDraftAt = [.. drafts.Drafted],
            NamedReverts = RevertText.Read(title, Branch, description, url),
            NamedIssues = NamedIssues.In(title, Branch, description),
        };
        world.Pulls.Add(pull);
        if (description is not null) world.Descriptions[pull.Id] = description;
        AddPaths(pull);
        AddReviews(pull, end);
        return pull;
    }

    private void AddPaths(PullRequest pull)
    {
        if (Folders is null) return;
        world.Paths.Add(new()
        {
            PullRequestId = pull.Id,
            OrganizationId = world.OrganizationId,
            RepositoryId = repository.Id,
            // A revert changes what the other one changed.
            Paths = reverted is null
                ? [.. Folders.Append("docs").Where(_ => dice.Chance(50)).Select(folder => $"{folder}/file{number}.txt")]
                : world.Paths.Find(p => p.PullRequestId == reverted.Id)!.Paths,
            IsComplete = true,
        });
    }

    private void AddReviews(PullRequest pull, DateTimeOffset end)
    {
        for (var count = dice.Below(5); count > 0; count--)
        {
            var at = pull.CreatedAt + ((end - pull.CreatedAt) * (dice.Below(110) / 100.0));
            at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
            if (at > world.Now) continue;
            world.Reviews.Add(new()
            {
                OrganizationId = world.OrganizationId,
                PullRequestId = pull.Id,
                ExternalId = $"{count}",
                AuthorAccountId = staff.Author(dice),
                State = dice.Pick(Enum.GetValues<ReviewState>()),
                SubmittedAt = at,
            });
        }
    }
}
