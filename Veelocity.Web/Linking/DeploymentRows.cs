using Veelocity.Web.Data;
using Veelocity.Web.Linking.Sources;

namespace Veelocity.Web.Linking;

/// <summary>The rows that a service's one source and the repository's facts come to: its deployments and the changes they brought.</summary>
/// <param name="FirstWith">The first production deployment that contains a commit, and when it finished.</param>
internal sealed record DeploymentRows(
    IReadOnlyList<Deployment> Deployments, IReadOnlyList<DeployedChange> Changes, IReadOnlyList<EnvironmentChange> Elsewhere,
    Func<string, (Guid Id, DateTimeOffset At)?> FirstWith)
{
    // A repository may have an environment for each branch; the lead times of these interest nobody.
    private const int MaxEnvironments = 20;
    private const int MinDeployments = 2;

    /// <param name="graph">Of the repository's commits.</param>
    /// <param name="times">Of the repository's pull requests, by id.</param>
    public static DeploymentRows Of(
        Service service, RepositoryFacts facts, ServiceScope scope, CommitGraph graph, IReadOnlyDictionary<Guid, ReviewTimes> times)
    {
        var history = DeploymentHistory.Of(SourceReading.Derive(service.ReadFrom, facts, scope), graph);
        var links = new ChangeLinks(facts, history, graph);
        return new(
            history.ConvertAll(d => Row(service, d)),
            links.Of(facts.PullRequests, scope).ConvertAll(l => Row(service, l, times[l.PullRequest.Id])),
            [.. history.Where(d => !d.Deployment.IsProduction)
                .GroupBy(d => d.Deployment.Environment, StringComparer.Ordinal)
                .Where(same => same.Count() >= MinDeployments).OrderByDescending(same => same.Count())
                    .ThenBy(same => same.Key, StringComparer.Ordinal)
                .Take(MaxEnvironments)
                .SelectMany(same => ChangeLinks.Of(facts, same.Select(AsProduction), graph, scope)
                    .Select(l => EnvironmentChange.Of(Row(service, l, times[l.PullRequest.Id]), same.Key)))],
            sha => links.FirstWith(sha) is { } placed ? (IdOf(service, placed.Deployment), placed.Deployment.FinishedAt) : null);
    }

    // Changes are linked to production; to see them in another environment, it stands in for it.
    private static PlacedDeployment AsProduction(PlacedDeployment placed) =>
        placed with { Deployment = placed.Deployment with { IsProduction = true } };

    private static Deployment Row(Service service, PlacedDeployment placed) => new()
    {
        Id = IdOf(service, placed.Deployment),
        OrganizationId = service.OrganizationId,
        RepositoryId = service.RepositoryId,
        ServiceId = service.Id,
        SourceKey = placed.Deployment.SourceKey,
        Environment = placed.Deployment.Environment,
        IsProduction = placed.Deployment.IsProduction,
        Sha = placed.Deployment.Sha,
        Ref = placed.Deployment.Ref,
        Title = placed.Deployment.Title,
        Url = placed.Deployment.Url,
        Outcome = placed.Deployment.Outcome,
        StartedAt = placed.Deployment.StartedAt,
        FinishedAt = placed.Deployment.FinishedAt,
        IsRelease = placed.IsRelease,
        IsRollback = placed.IsRollback,
        TakesBackId = placed.TakesBack is { } taken ? IdOf(service, taken) : null,
        RepeatsId = placed.Repeats is { } repeated ? IdOf(service, repeated) : null,
        Contents = placed.Contents,
    };

    private static DeployedChange Row(Service service, ChangeLink link, ReviewTimes times)
    {
        var deployedAt = link.Placed.Deployment.FinishedAt;
        var lead = LeadTime.Of(link.PullRequest, times, link.PullRequest.MergedAt!.Value, deployedAt, link.IsBranchDeploy);
        return new()
        {
            PullRequestId = link.PullRequest.Id,
            OrganizationId = service.OrganizationId,
            RepositoryId = service.RepositoryId,
            ServiceId = service.Id,
            DeploymentId = IdOf(service, link.Placed.Deployment),
            AuthorAccountId = link.PullRequest.AuthorAccountId,
            DeployedAt = deployedAt,
            LeftOut = link.LeftOut,
            LeadSeconds = lead.LeadSeconds,
            CodingSeconds = lead.CodingSeconds,
            PickupSeconds = lead.PickupSeconds,
            ReviewSeconds = lead.ReviewSeconds,
            MergeSeconds = lead.MergeSeconds,
            DeploySeconds = lead.DeploySeconds,
            IsByTime = link.IsByTime,
            IsSkewed = lead.IsSkewed,
        };
    }

    private static Guid IdOf(Service service, DerivedDeployment deployment) =>
        Deployment.IdOf(service.Id, deployment.Environment, deployment.SourceKey);
}
