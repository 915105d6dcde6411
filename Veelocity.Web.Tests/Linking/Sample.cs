using Veelocity.Web.Data;
using Veelocity.Web.Linking;

namespace Veelocity.Web.Tests.Linking;

/// <summary>Small facts for linking tests. Time is counted in hours from a Monday.</summary>
internal static class Sample
{
    public const string Main = "main";
    public const string DeployYml = ".github/workflows/deploy.yml";
    public static readonly Guid Author = Guid.Parse("00000000-0000-0000-0000-00000000000a");
    public static readonly Guid Reviewer = Guid.Parse("00000000-0000-0000-0000-00000000000b");
    public static readonly WorkflowFacts DeployWorkflow = new(Guid.Parse("00000000-0000-0000-0000-0000000000f0"), "Deploy", DeployYml);

    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset At(double hours) => Monday.AddHours(hours);

    public static RepositoryFacts Facts() => new() { Name = "shop", Url = "https://github.com/acme/shop", DefaultBranch = Main };

    public static CommitFacts Commit(string sha, params string[] parents) => new(sha, parents, At(sha[0]));

    /// <summary>One of the commits that a rebase merge made at one moment.</summary>
    public static CommitFacts Rebased(string sha, string parent) => new(sha, [parent], At(5));

    public static PullRequestFacts Pull(int number, string? mergeCommit = null, double? merged = null, double created = 0) => new()
    {
        Id = new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]),
        Number = number,
        Title = $"Change {number}",
        Url = $"https://github.com/acme/shop/pull/{number}",
        AuthorAccountId = Author,
        CreatedAt = At(created),
        FirstCommitAt = At(created),
        MergedAt = merged is { } hours ? At(hours) : null,
        MergeCommitSha = mergeCommit,
        BaseBranch = Main,
        HeadBranch = $"change-{number}",
    };

    public static ReviewFacts Review(double at, ReviewState state = ReviewState.Commented) => new(Reviewer, IsHuman: true, state, At(at));

    public static DerivedDeployment Deployment(
        int number, string? sha, double finished, double? started = null, string? @ref = null, DeploymentOutcome outcome = DeploymentOutcome.Succeeded) =>
        new()
        {
            SourceKey = $"deployment {number}",
            Sha = sha,
            Ref = @ref,
            Title = $"Deployment {number}",
            Url = "https://github.com/acme/shop/deployments/production",
            Outcome = outcome,
            StartedAt = At(started ?? finished),
            FinishedAt = At(finished),
        };

    public static RunFacts Run(
        long id, int attempt, string? conclusion, double completed, string? branch = Main, string @event = "push", string sha = "a") => new(
        DeployWorkflow.Id, id, attempt, $"Run {id}", $"https://github.com/acme/shop/actions/runs/{id}", @event, branch, sha, conclusion,
        At(completed - 0.5), conclusion is null ? null : At(completed));

    public static EnvironmentDeploymentFacts Into(string environment, long id, double created, params (string State, double At)[] statuses) => new(
        id, environment, $"sha{id}", Main, null, At(created), [.. statuses.Select(s => new StatusFacts(s.State, At(s.At), null))]);

    public static TagFacts Tag(string name, double committed, string sha = "a", double? tagged = null) =>
        new(name, sha, tagged is { } hours ? At(hours) : null, At(committed));

    public static JobFacts Job(string name, string? conclusion, double completed, double? started = null) =>
        new(name, conclusion, At(started ?? (completed - 0.25)), At(completed));

    public static ReleaseFacts Release(string tag, double? published, bool isDraft = false, bool isPrerelease = false) => new(
        tag, tag, null, $"https://github.com/acme/shop/releases/{tag}", null, isDraft, isPrerelease, published is { } hours ? At(hours) : null);
}
