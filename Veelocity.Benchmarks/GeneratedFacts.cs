using System.Globalization;
using Veelocity.Web.Connectors;

namespace Veelocity.Benchmarks;

/// <summary>
/// The history of repositories as a provider would tell it: squash merges on a default branch, two reviews each, and deployments of
/// every so-many-th merge, over three years. The same numbers make the same facts.
/// </summary>
internal sealed class GeneratedFacts(int repositories, int pullRequests, int deployments, DateTimeOffset end)
{
    private const int Years = 3;

    private static readonly Actor[] People =
        [.. Enumerable.Range(1, 60).Select(i => new Actor(i.ToString(CultureInfo.InvariantCulture), $"dev-{i}", $"Developer {i}", null, ActorKind.Human))];

    private readonly Random dice = new(1);

    /// <summary>Repository by repository, parents before children.</summary>
    public IEnumerable<Fact> All() => Enumerable.Range(0, repositories).SelectMany(Repository);

    /// <summary>One workflow of each repository.</summary>
    public IEnumerable<WorkflowFact> Workflows() => Enumerable.Range(0, repositories).Select(index => new WorkflowFact(
        IdOf(index), index + 1, "CI", ".github/workflows/ci.yml", "active"));

    /// <summary>Runs, repository by repository.</summary>
    public IEnumerable<WorkflowRunFact> Runs(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var index = (int)((long)i * repositories / count);
            var created = end.AddMinutes(-1.5 * (count - i));
            yield return new WorkflowRunFact(
                IdOf(index), index + 1, 10_000_000L + i, 1, i + 1, $"Improve part {dice.Next(400)}", $"https://github.example/acme/service/actions/runs/{i}", "push",
                dice.Next(3) == 0 ? $"topic-{i}" : "main", Sha(index, i), "completed", dice.Next(9) == 0 ? "failure" : "success", People[dice.Next(People.Length)],
                created, created.AddSeconds(8), created.AddSeconds(60 + dice.Next(900)), null);
        }
    }

    private IEnumerable<Fact> Repository(int index)
    {
        var id = IdOf(index);
        var name = string.Create(CultureInfo.InvariantCulture, $"acme/service-{index:000}");
        var start = end.AddYears(-Years);
        yield return new RepositoryFact(id, name, $"https://github.example/{name}", "main", true, false, false, start.AddDays(-1), end);
        yield return new EnvironmentFact(id, "production", true, false);

        var merges = pullRequests / repositories + (index < pullRequests % repositories ? 1 : 0);
        var deploys = deployments / repositories + (index < deployments % repositories ? 1 : 0);
        var moments = Enumerable.Range(0, merges).Select(_ => start + dice.NextDouble() * (end - start - TimeSpan.FromDays(1))).Order().ToArray();
        string? parent = null;
        for (var i = 0; i < merges; i++)
        {
            var sha = Sha(index, i);
            var pull = PullRequest(id, name, i + 1, moments[i], sha);
            yield return pull;
            yield return new CommitFact(
                id, sha, $"{pull.Title} (#{pull.Number})", moments[i], moments[i], parent is null ? [] : [parent], pull.Author, null, null);
            parent = sha;
            // A deployment is due whenever its share of the merges is reached.
            if ((i + 1L) * deploys / merges > (long)i * deploys / merges) yield return Deployment(id, index, i, moments[i].AddMinutes(5 + dice.Next(40)), sha);
        }
    }

    private PullRequestFact PullRequest(string repository, string name, int number, DateTimeOffset mergedAt, string sha)
    {
        var author = People[dice.Next(People.Length)];
        var leadHours = Math.Exp(dice.NextDouble() * 5.5);
        var created = mergedAt.AddHours(-leadHours);
        return new PullRequestFact(
            repository, number, $"Improve part {dice.Next(400)}", $"https://github.example/{name}/pull/{number}", null, PullState.Merged, false, author,
            People[dice.Next(People.Length)], created, mergedAt, mergedAt, mergedAt, "main", $"topic-{number}", sha[..39] + "f", sha,
            dice.Next(500), dice.Next(200), 1 + dice.Next(20), dice.Next(6), 1 + dice.Next(5), created.AddHours(-leadHours / 3), ["change"], [], [],
            [
                Review(number, 1, author, created.AddHours(leadHours * 0.4), ReviewVerdict.Commented),
                Review(number, 2, author, created.AddHours(leadHours * 0.8), ReviewVerdict.Approved),
            ]);
    }

    private ReviewFact Review(int number, int order, Actor author, DateTimeOffset at, ReviewVerdict verdict)
    {
        var reviewer = People[dice.Next(People.Length)];
        return new ReviewFact(
            string.Create(CultureInfo.InvariantCulture, $"{number}-{order}"), reviewer == author ? People[0] : reviewer, verdict, at);
    }

    private EnvironmentDeploymentFact Deployment(string repository, int index, int merge, DateTimeOffset at, string sha)
    {
        var id = index * 1_000_000L + merge;
        var ends = dice.Next(25) == 0 ? "failure" : "success";
        return new EnvironmentDeploymentFact(
            repository, id, $"DE_{id}", "production", sha, "main", null, People[0], at,
            [
                new DeploymentStatusFact($"{id}-1", "in_progress", at.AddSeconds(20), null),
                new DeploymentStatusFact($"{id}-2", ends, at.AddMinutes(6), null),
            ]);
    }

    private static string IdOf(int index) => (1_000 + index).ToString(CultureInfo.InvariantCulture);

    private static string Sha(int repository, int merge) =>
        string.Create(CultureInfo.InvariantCulture, $"{repository:x8}{merge:x8}").PadRight(40, 'a');
}
