using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Histories;

/// <summary>What happens to pull requests before and besides their end.</summary>
internal static class PullRequestChanges
{
    public static IReadOnlyList<ChangeKind> All { get; } =
    [
        new("open_pull_request", 10, Open), new("push_to_pull_request", 8, Push), new("force_push_pull_request", 3, ForcePush), new("retitle_pull_request", 3, Retitle),
        new("label_pull_request", 3, AddLabel), new("unlabel_pull_request", 1, RemoveLabel), new("comment_on_pull_request", 2, Comment),
        new("convert_pull_request_to_draft", 2, ToDraft), new("mark_pull_request_ready", 4, Ready), new("request_review", 3, Ask),
    ];

    private static readonly (string Name, string Color)[] Labels = [("bug", "d73a4a"), ("enhancement", "a2eeef"), ("hotfix", "b60205"), ("dependencies", "0366d6")];

    private static string? Open(Scene scene)
    {
        if (scene.Somewhere() is not { } repository)
            return null;
        var author = scene.Somebody();
        var pull = New(scene, repository, author, scene.Target.Name ?? Words.Title(scene.Dice));
        pull.IsDraft = scene.Dice.Chance(0.15);
        var forge = scene.Forge(repository);
        var head = repository.Head!;
        for (var left = scene.Dice.Between(1, 4); left > 0; left--)
            pull.Add(head = forge.Commit(pull.Commits.Count == 0 ? pull.Title : Words.Subject(scene.Dice), scene.Signs(author), scene.Signs(author), head));
        Opened(scene, pull, author);
        return $"#{pull.Number} was opened{(pull.IsDraft ? " as a draft" : "")}";
    }

    /// <summary>A pull request from a new branch of the default branch's head, not yet with commits.</summary>
    public static PullRequest New(Scene scene, Repository repository, Account author, string title)
    {
        var number = repository.PullRequests.Select(other => other.Number).DefaultIfEmpty().Max() + 1;
        return repository.Add(new PullRequest(repository, 2_000_000_000L + scene.World.NextId(), number)
        {
            Title = title,
            Body = Words.Body(scene.Dice, title, null),
            Author = author,
            CreatedAt = scene.Now,
            UpdatedAt = scene.Now,
            BaseRef = repository.DefaultBranchName,
            BaseSha = repository.Head!.Sha,
            HeadRef = $"{author.Login.Split('-')[0]}/{Words.Slug(title)}-{number}",
            HeadOwner = repository.Owner.Login,
        });
    }

    /// <summary>Shows the new pull request to the world, with its first checks.</summary>
    public static void Opened(Scene scene, PullRequest pull, Account author)
    {
        pull.Measure();
        pull.Repository.Branches[pull.HeadRef] = pull.Commits[^1];
        pull.Repository.PushedAt = scene.Now;
        scene.Tell("pull_request", "opened", pull.Repository, pull, author);
        new RunBook(scene).Start(pull.Repository, "pull_request", pull.HeadRef, pull.Commits[^1], pull.Title, author);
    }

    private static string? Push(Scene scene)
    {
        if (scene.Pull(pull => pull.State == "OPEN" && pull.Commits.Count > 0) is not { } pull)
            return null;
        var before = pull.Commits[^1];
        var by = pull.Author ?? scene.Somebody();
        var added = scene.Forge(pull.Repository, pull).Commit(Words.Subject(scene.Dice), scene.Signs(by), scene.Signs(by), before);
        pull.Add(added);
        Moved(scene, pull, before, [added], by, isForced: false);
        return $"#{pull.Number} got another commit";
    }

    // The same changes committed anew on top of what the default branch is now: author dates stay, hashes and commit dates do not.
    private static string? ForcePush(Scene scene)
    {
        if (scene.Pull(pull => pull.State == "OPEN" && pull.Commits.Count > 0) is not { } pull)
            return null;
        var by = pull.Author ?? scene.Somebody();
        var old = pull.Commits.ToList();
        var forge = scene.Forge(pull.Repository, pull);
        var head = pull.Repository.Head!;
        pull.Commits.Clear();
        foreach (var commit in old)
        {
            commit.PullRequests.Remove(pull);
            if (commit.Parents.Count > 1)
                continue;
            head = forge.Commit(commit.Message, commit.Author, scene.Signs(by), head);
            (head.Files, head.Additions, head.Deletions) = (commit.Files, commit.Additions, commit.Deletions);
            pull.Add(head);
        }

        pull.BaseSha = pull.Repository.Head!.Sha;
        Moved(scene, pull, old[^1], pull.Commits, by, isForced: true);
        return $"#{pull.Number} was rebased by force";
    }

    private static void Moved(Scene scene, PullRequest pull, Commit before, IReadOnlyList<Commit> added, Account by, bool isForced)
    {
        var head = pull.Commits[^1];
        pull.Measure();
        pull.Touch(scene.Now);
        pull.Repository.Branches[pull.HeadRef] = head;
        pull.Repository.PushedAt = scene.Now;
        scene.Tell("push", null, pull.Repository, new BranchPush(pull.HeadRef, before.Sha, head, [.. added], isForced), by);
        scene.Tell("pull_request", "synchronize", pull.Repository, pull, by, before.Sha);
        new RunBook(scene).Start(pull.Repository, "pull_request", pull.HeadRef, head, pull.Title, by);
    }

    private static string? Retitle(Scene scene)
    {
        if (scene.Pull(_ => true) is not { } pull)
            return null;
        var before = pull.Title;
        pull.Title = scene.Target.Name ?? Words.Title(scene.Dice) + $" ({scene.Dice.Between(2, 99)})";
        pull.Touch(scene.Now);
        scene.Tell("pull_request", "edited", pull.Repository, pull, pull.Author, before);
        return $"#{pull.Number} is called '{pull.Title}' now";
    }

    private static string? AddLabel(Scene scene)
    {
        if (scene.Pull(pull => Missing(pull, scene.Target.Name).Any()) is not { } pull)
            return null;
        var (name, color) = scene.Dice.Pick(Missing(pull, scene.Target.Name).ToList());
        var label = new Label(Array.IndexOf(Labels, (name, color)) + 1, name, color);
        pull.Labels.Add(label);
        pull.Touch(scene.Now);
        scene.Tell("pull_request", "labeled", pull.Repository, pull, pull.Author, label);
        return $"#{pull.Number} was labelled {name}";
    }

    private static IEnumerable<(string Name, string Color)> Missing(PullRequest pull, string? wanted) =>
        (wanted is null ? Labels : [(wanted, "ededed")]).Where(label => !pull.Labels.Exists(known => known.Name == label.Name));

    private static string? RemoveLabel(Scene scene)
    {
        if (scene.Pull(pull => pull.Labels.Count > 0) is not { } pull)
            return null;
        var label = scene.Dice.Pick(pull.Labels);
        pull.Labels.Remove(label);
        pull.Touch(scene.Now);
        scene.Tell("pull_request", "unlabeled", pull.Repository, pull, pull.Author, label);
        return $"#{pull.Number} lost the label {label.Name}";
    }

    private static string? Comment(Scene scene)
    {
        if (scene.Pull(_ => true) is not { } pull)
            return null;
        pull.Comments.Add(new Comment(scene.World.NextId(), scene.Somebody(), scene.Now, "One more thing."));
        pull.Touch(scene.Now);
        return $"#{pull.Number} was commented on";
    }

    private static string? ToDraft(Scene scene)
    {
        if (scene.Pull(pull => pull.State == "OPEN" && !pull.IsDraft) is not { } pull)
            return null;
        pull.IsDraft = true;
        pull.Happened("convert_to_draft", pull.Author, scene.Now);
        scene.Tell("pull_request", "converted_to_draft", pull.Repository, pull, pull.Author);
        return $"#{pull.Number} is a draft again";
    }

    private static string? Ready(Scene scene)
    {
        if (scene.Pull(pull => pull.State == "OPEN" && pull.IsDraft) is not { } pull)
            return null;
        pull.IsDraft = false;
        pull.Happened("ready_for_review", pull.Author, scene.Now);
        scene.Tell("pull_request", "ready_for_review", pull.Repository, pull, pull.Author);
        return $"#{pull.Number} is ready for review";
    }

    private static string? Ask(Scene scene)
    {
        if (scene.Pull(pull => pull.State == "OPEN") is not { } pull || scene.Somebody(pull.Author) is var reviewer && pull.RequestedReviewers.Contains(reviewer))
            return null;
        pull.RequestedReviewers.Add(reviewer);
        pull.Happened("review_requested", pull.Author, scene.Now, reviewer);
        scene.Tell("pull_request", "review_requested", pull.Repository, pull, pull.Author, reviewer);
        return $"{reviewer.Login} was asked to review #{pull.Number}";
    }
}
