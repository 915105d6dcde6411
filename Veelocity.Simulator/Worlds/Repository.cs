namespace Veelocity.Simulator.Worlds;

/// <summary>A repository with its commits, pull requests, runs, deployments and releases.</summary>
public sealed class Repository(World world, long id, Account owner, string name) : INode
{
    private readonly Dictionary<int, PullRequest> _byNumber = [];
    private readonly Dictionary<long, WorkflowRun> _runs = [];

    /// <summary>The world it lies in.</summary>
    public World World { get; } = world;

    /// <summary>The number that survives renames.</summary>
    public long Id { get; } = id;

    /// <summary>The organization or user it belongs to.</summary>
    public Account Owner { get; } = owner;

    /// <summary>The name without the owner.</summary>
    public string Name { get; internal set; } = name;

    /// <summary>Owner and name.</summary>
    public string FullName => $"{Owner.Login}/{Name}";

    /// <summary>Invisible to tokens without the scope.</summary>
    public bool IsPrivate { get; set; }

    /// <summary>Taken out of the token's reach without being deleted.</summary>
    public bool IsHidden { get; set; }

    /// <summary>Gone for good.</summary>
    public bool IsDeleted { get; internal set; }

    /// <summary>Read only.</summary>
    public bool IsArchived { get; set; }

    /// <summary>Forked from another.</summary>
    public bool IsFork { get; set; }

    /// <summary>What it is.</summary>
    public string? Description { get; set; }

    /// <summary>The language most of it is written in.</summary>
    public string? PrimaryLanguage { get; set; }

    /// <summary>The folders of a monorepo's services; a piece of work touches one of them, seldom two.</summary>
    public IReadOnlyList<string> Services { get; set; } = [];

    /// <summary>The branch pull requests go to; it may not exist yet.</summary>
    public string DefaultBranchName { get; set; } = "main";

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When its settings last changed.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When something was last pushed; null while empty.</summary>
    public DateTimeOffset? PushedAt { get; set; }

    /// <summary>Every known commit by sha, reachable or not.</summary>
    public Dictionary<string, Commit> Commits { get; } = new(StringComparer.Ordinal);

    /// <summary>Branches by name.</summary>
    public Dictionary<string, Commit> Branches { get; } = new(StringComparer.Ordinal);

    /// <summary>Tags, oldest first.</summary>
    public List<Tag> Tags { get; } = [];

    /// <summary>Pull requests, by number ascending.</summary>
    public List<PullRequest> PullRequests { get; } = [];

    /// <summary>Deployments, oldest first.</summary>
    public List<Deployment> Deployments { get; } = [];

    /// <summary>Environments.</summary>
    public List<DeploymentEnvironment> Environments { get; } = [];

    /// <summary>Releases, drafts among them.</summary>
    public List<Release> Releases { get; } = [];

    /// <summary>Workflows.</summary>
    public List<Workflow> Workflows { get; } = [];

    /// <summary>Workflow runs, oldest first.</summary>
    public List<WorkflowRun> Runs { get; } = [];

    /// <summary>The head of the default branch; null in an empty repository.</summary>
    public Commit? Head => Branches.GetValueOrDefault(DefaultBranchName);

    /// <inheritdoc />
    public string NodeId => NodeIds.Of("R", Id);

    /// <summary>Remembers a commit.</summary>
    public Commit Add(Commit commit)
    {
        Commits[commit.Sha] = commit;
        return World.Register(commit);
    }

    /// <summary>Adds a pull request.</summary>
    public PullRequest Add(PullRequest pullRequest)
    {
        PullRequests.Add(pullRequest);
        _byNumber[pullRequest.Number] = pullRequest;
        return World.Register(pullRequest);
    }

    /// <summary>Adds a deployment.</summary>
    public Deployment Add(Deployment deployment)
    {
        Deployments.Add(deployment);
        return World.Register(deployment);
    }

    /// <summary>Adds a release.</summary>
    public Release Add(Release release)
    {
        Releases.Add(release);
        return World.Register(release);
    }

    /// <summary>Deletes a release; its tag stays.</summary>
    public void Remove(Release release)
    {
        Releases.Remove(release);
        World.Forget(release);
    }

    /// <summary>Moves the default branch, as a push does.</summary>
    public void Push(Commit head, DateTimeOffset at)
    {
        Branches[DefaultBranchName] = head;
        (PushedAt, UpdatedAt) = (at, at > UpdatedAt ? at : UpdatedAt);
    }

    /// <summary>Adds a workflow.</summary>
    public Workflow Add(Workflow workflow)
    {
        Workflows.Add(workflow);
        return World.Register(workflow);
    }

    /// <summary>Adds a run.</summary>
    public WorkflowRun Add(WorkflowRun run)
    {
        Runs.Add(run);
        _runs[run.Id] = run;
        return World.Register(run);
    }

    /// <summary>The pull request with this number, or null.</summary>
    public PullRequest? FindPullRequest(int number) => _byNumber.GetValueOrDefault(number);

    /// <summary>The run with this id, or null.</summary>
    public WorkflowRun? FindRun(long id) => _runs.GetValueOrDefault(id);
}
