using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>Commits and pull requests of one repository, as they come to its default branch one after the other.</summary>
internal sealed class CodeHistory(World world, Dice dice, Staff staff, Repository repository, IReadOnlyList<string>? folders)
{
    private readonly List<PullRequest> merged = [];
    private readonly List<Commit> pushed = [];
    private int number;

    public Repository Repository => repository;

    /// <summary>Where the default branch is.</summary>
    public string Head { get; private set; } = "";

    /// <summary>One commit behind, such as in the middle of a rebase.</summary>
    public string BeforeHead => world.Commits.Last(commit => commit.Sha == Head).ParentShas.FirstOrDefault(Head);

    public void Begin(DateTimeOffset at) => Head = Commit(at, at, "Begin", null).Sha;

    /// <summary>A commit without a pull request; now and then one that reverts something.</summary>
    public void Push(DateTimeOffset at)
    {
        // Of a push nobody knows the files, so none reverts anything where services have their own.
        var target = folders is null && dice.Chance(30) && merged.Count > 0 ? dice.Pick(merged).MergeCommitSha : null;
        target ??= folders is null && dice.Chance(30) && pushed.Count > 0 ? dice.Pick(pushed).Sha : null;
        var text = target is null ? null : $"This reverts commit {target}.";
        var commit = Commit(at, at, target is null ? "Fix a typo" : "Revert \"Something\"", text, Head);
        if (target is null) pushed.Add(commit);
        Head = commit.Sha;
    }

    /// <summary>A pull request that was closed, or that still waits for a review.</summary>
    public void Leave(DateTimeOffset at, bool isClosed) =>
        new PullRequestStory(world, dice, staff, repository, ++number, at) { Folders = folders }.Leave(at, isClosed);

    /// <summary>A pull request merged in one of the three ways, some of them after another one was merged into its branch.</summary>
    public void Merge(DateTimeOffset at)
    {
        var style = dice.Below(3);
        var own = Branch(at, 1 + dice.Below(3), isKept: style == 0);
        var isCarrier = style < 2 && dice.Chance(10);
        var story = new PullRequestStory(world, dice, staff, repository, ++number, at) { Folders = folders, Earlier = isCarrier ? [] : merged };
        var stacked = isCarrier ? new PullRequestStory(world, dice, staff, repository, ++number, at) { Folders = folders } : null;
        if (stacked is not null)
        {
            var before = at - dice.Span(0.2, 2);
            var top = style == 0 ? Commit(before, before, "Stacked", null, own[^1]).Sha : dice.Sha();
            stacked.Into = story.Branch;
            stacked.Merge(before, [dice.Sha()], top);
            own = [.. own, top];
        }
        var result = style switch
        {
            0 => Commit(at, at, story.Title, null, Head, own[^1]),
            1 => Commit(at, at, story.Title, null, Head),
            _ => Rebase(at, own.Count),
        };
        Head = result.Sha;
        merged.Add(story.Merge(at + Late(), own, result.Sha));
    }

    // GitHub's clock says now and then that a change was merged after it was deployed.
    private TimeSpan Late() => dice.Chance(4) ? dice.Span(1, 8) : TimeSpan.Zero;

    // Commits of the topic branch; a squash and a rebase leave them out of the default branch, where they stay unknown.
    private List<string> Branch(DateTimeOffset mergedAt, int count, bool isKept)
    {
        if (!isKept) return [.. Enumerable.Range(0, count).Select(_ => dice.Sha())];
        var shas = new List<string> { Head };
        for (var left = count; left > 0; left--)
            shas.Add(Commit(mergedAt.AddHours(-3 * left), mergedAt.AddHours(-3 * left), "Work", null, shas[^1]).Sha);
        return shas[1..];
    }

    private Commit Rebase(DateTimeOffset at, int count)
    {
        var commit = Commit(at, at.AddHours(-5), "Rebased", null, Head);
        for (var more = 1; more < count; more++) commit = Commit(at, at.AddHours(-4), "Rebased", null, commit.Sha);
        return commit;
    }

    private Commit Commit(DateTimeOffset at, DateTimeOffset authored, string headline, string? text, params string?[] parents)
    {
        var commit = new Commit
        {
            OrganizationId = world.OrganizationId,
            RepositoryId = repository.Id,
            Sha = dice.Sha(),
            Headline = headline,
            AuthoredAt = authored,
            CommittedAt = at,
            ParentShas = [.. parents.OfType<string>()],
            NamedReverts = RevertText.Read(headline, null, text, ""),
        };
        if (text is not null) world.CommitTexts[commit.Sha] = text;
        world.Commits.Add(commit);
        return commit;
    }
}
