using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>Incidents soon after deployments and at any time: open, ended at an unknown time, merged, linked by a person, naming their cause.</summary>
internal sealed class IncidentStory(World world, Dice dice, DateTimeOffset from)
{
    public void Tell()
    {
        List<(DateTimeOffset At, Guid RepositoryId)> deployed =
        [
            .. world.Deployments.Select(d => (d.CreatedAt, d.RepositoryId)),
            .. world.Runs.Select(r => (r.StartedAt, r.RepositoryId)),
            .. world.Pulls.Where(p => p.MergedAt is not null).Select(p => (p.MergedAt!.Value, p.RepositoryId)),
        ];
        for (var count = 0; count < 60; count++)
        {
            var (at, repository) = dice.Pick(deployed);
            at = dice.Chance(85) ? at + dice.ExactSpan(0, 40) : from + dice.ExactSpan(0, 24 * 125);
            if (at < world.Now.AddHours(-2)) Add(at, repository);
        }
    }

    private void Add(DateTimeOffset at, Guid repository)
    {
        var service = dice.Chance(85) ? dice.Pick(world.Services.FindAll(s => s.RepositoryId == repository)) : null;
        var incident = new Incident
        {
            OrganizationId = world.OrganizationId,
            Title = $"Something broke {world.Incidents.Count}",
            StartedAt = at,
            CreatedAt = at,
            CreatedByUserId = world.MemberId,
            ServiceId = service?.Id,
            Environment = EnvironmentOf(service),
            Severity = dice.Chance(80) ? dice.Pick(Enum.GetValues<IncidentSeverity>()) : null,
            NamedCause = dice.Chance(20) ? Cause(at) : null,
        };
        var end = at + dice.ExactSpan(0.1, dice.Chance(70) ? 30 : 200);
        if (dice.Chance(6)) Forget(incident);
        else if (dice.Chance(90) && end < world.Now) incident.Resolve(end);
        if (dice.Chance(8)) incident.LinkByHand(dice.Chance(70) ? AnyDeployment() : null, world.MemberId, world.Now);
        if (dice.Chance(5) && world.Incidents.Count > 0) incident.MergeInto(dice.Pick(world.Incidents).Id, world.MemberId, world.Now);
        world.Incidents.Add(incident);
        if (dice.Chance(5)) world.Decide(DecisionSubject.Incident, incident.Id, null, DecisionVerdict.Exclude);
    }

    private string? EnvironmentOf(Service? service) => service?.Name switch
    {
        null => dice.Chance(30) ? "staging" : null,
        "shop" => dice.Below(6) switch { 0 or 1 => "staging", 2 => "production-eu", _ => null },
        "api" or "app" => dice.Chance(20) ? "production" : null,
        _ => null,
    };

    // The commit of a merge, of a push or of a deployment, or a deployment's address; some were deployed later, some never.
    private string Cause(DateTimeOffset at) => dice.Below(5) switch
    {
        0 => dice.Pick(world.Pulls.FindAll(p => p.MergedAt < at.AddDays(1) && p.BaseBranch == "main")).MergeCommitSha!,
        1 => dice.Pick(world.Commits.FindAll(c => c.Headline == "Fix a typo")).Sha,
        2 => dice.Pick(world.Deployments).Sha,
        3 => dice.Pick(world.Runs).Url,
        _ => "https://github.example/acme/shop/deployments/production",
    };

    private Guid AnyDeployment()
    {
        var ended = world.Statuses.Where(s => s.State == "success").Select(s => s.EnvironmentDeploymentId).ToHashSet();
        var shop = world.Services[0];
        var deployment = dice.Pick(world.Deployments.FindAll(d => d.RepositoryId == shop.RepositoryId && d.Environment == "production" && ended.Contains(d.Id)));
        return Deployment.IdOf(shop.Id, deployment.Environment, $"deployment {deployment.ExternalId}");
    }

    private void Forget(Incident incident) => incident.Follow(new(
        incident.Title, null, incident.Severity, incident.ServiceId, incident.Environment, incident.NamedCause, incident.StartedAt, null, null,
        incident.StartedAt) { HasUnknownEnd = true });
}
