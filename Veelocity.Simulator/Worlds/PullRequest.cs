namespace Veelocity.Simulator.Worlds;

/// <summary>A pull request with its commits, reviews and events.</summary>
public sealed class PullRequest(Repository repository, long id, int number) : INode
{
    /// <summary>Where it lies.</summary>
    public Repository Repository { get; } = repository;

    /// <summary>The database number; may overflow an int.</summary>
    public long Id { get; } = id;

    /// <summary>The number people say.</summary>
    public int Number { get; } = number;

    /// <summary>The title.</summary>
    public string Title { get; set; } = "";

    /// <summary>The description, or null.</summary>
    public string? Body { get; set; }

    /// <summary>Who opened it; null when the account was deleted.</summary>
    public Account? Author { get; set; }

    /// <summary>Who merged it.</summary>
    public Account? MergedBy { get; set; }

    /// <summary>Not ready for review now.</summary>
    public bool IsDraft { get; set; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When anything about it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When it was closed or merged.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>When it was merged.</summary>
    public DateTimeOffset? MergedAt { get; set; }

    /// <summary>The branch it goes to.</summary>
    public string BaseRef { get; set; } = "main";

    /// <summary>The base branch's commit.</summary>
    public string? BaseSha { get; set; }

    /// <summary>The branch it comes from.</summary>
    public string HeadRef { get; set; } = "";

    /// <summary>Who owns the branch it comes from, by login; null when that fork is gone.</summary>
    public string? HeadOwner { get; set; }

    /// <summary>Comes from a fork.</summary>
    public bool IsCrossRepository { get; set; }

    /// <summary>What landed on the base branch: squash, merge or last rebased commit.</summary>
    public Commit? MergeCommit { get; set; }

    /// <summary>Its own commits, oldest first.</summary>
    public List<Commit> Commits { get; } = [];

    /// <summary>Lines added.</summary>
    public int Additions { get; set; }

    /// <summary>Lines removed.</summary>
    public int Deletions { get; set; }

    /// <summary>Files changed.</summary>
    public int ChangedFiles { get; set; }

    /// <summary>Labels.</summary>
    public List<Label> Labels { get; } = [];

    /// <summary>Reviews, in the order they were begun.</summary>
    public List<Review> Reviews { get; } = [];

    /// <summary>Reviewers still asked: accounts and teams.</summary>
    public List<INode> RequestedReviewers { get; } = [];

    /// <summary>Events, oldest first.</summary>
    public List<TimelineEvent> Timeline { get; } = [];

    /// <summary>Comments outside reviews.</summary>
    public List<Comment> Comments { get; } = [];

    /// <summary>How many threads reviewers started.</summary>
    public int ReviewThreads { get; set; }

    /// <summary>OPEN, CLOSED or MERGED.</summary>
    public string State => MergedAt is not null ? "MERGED" : ClosedAt is not null ? "CLOSED" : "OPEN";

    /// <inheritdoc />
    public string NodeId => NodeIds.Of("PR", Id);

    /// <summary>The files its commits touch, each once, by path.</summary>
    public IReadOnlyList<ChangedFile> Files =>
    [
        .. Commits.SelectMany(commit => commit.Files)
            .GroupBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => new ChangedFile(file.Key, file.Sum(part => part.Additions), file.Sum(part => part.Deletions)))
            .OrderBy(file => file.Path, StringComparer.Ordinal),
    ];

    /// <summary>Adds a review and makes it findable.</summary>
    public Review Add(Review review)
    {
        Reviews.Add(review);
        return Repository.World.Register(review);
    }

    /// <summary>Adds a commit of the branch.</summary>
    public void Add(Commit commit)
    {
        Commits.Add(commit);
        commit.PullRequests.Add(this);
    }

    /// <summary>Counts lines and files from the commits as they are now.</summary>
    public void Measure()
    {
        (Additions, Deletions) = (Commits.Sum(commit => commit.Additions), Commits.Sum(commit => commit.Deletions));
        ChangedFiles = Files.Count;
    }

    /// <summary>Adds an event at this moment, which is a change of the pull request.</summary>
    public TimelineEvent Happened(string kind, Account? by, DateTimeOffset at, INode? reviewer = null)
    {
        var happened = Repository.World.Register(new TimelineEvent(Repository.World.NextId(), kind, by, at, reviewer));
        Timeline.Add(happened);
        Touch(at);
        return happened;
    }

    /// <summary>Moves the time of the last change forward.</summary>
    public void Touch(DateTimeOffset at) => UpdatedAt = at > UpdatedAt ? at : UpdatedAt;
}

/// <summary>A label.</summary>
public sealed record Label(long Id, string Name, string Color);

/// <summary>A comment of a pull request's conversation.</summary>
public sealed record Comment(long Id, Account? Author, DateTimeOffset CreatedAt, string Body);
