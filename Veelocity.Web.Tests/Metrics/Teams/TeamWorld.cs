using Veelocity.Web.Data;
using Veelocity.Web.Metrics;

namespace Veelocity.Web.Tests.Metrics.Teams;

/// <summary>
/// A random history of four services in two repositories, and of who owns them: two teams, one that is archived and owns everything, and
/// nobody. Another organization has all of it twice, with other numbers.
/// </summary>
internal sealed class TeamWorld
{
    public const int Services = 4;
    private const int Days = 30;

    private static readonly DateTimeOffset Origin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random random;
    private readonly Guid[] serviceIds = new Guid[Services];

    private TeamWorld(int seed, MeasuredData data)
    {
        (random, Data) = (new Random(seed), data);
        var repository = random.Next(2);
        ByRepository = [2 * repository, (2 * repository) + 1, .. Picked(1, 3)];
        ByService = [.. Picked(1, 2)];
        Repository = repository;
        Changes = [.. Enumerable.Range(0, random.Next(40)).Select(_ => MakeChange())];
        Releases = [.. Enumerable.Range(0, random.Next(40)).Select(_ => new Release(At(), random.Next(Services), random.Next(4) == 0))];
        Incidents =
        [
            .. Enumerable.Range(0, random.Next(20)).Select(_ => new Outage(
                At(), random.Next(3) == 0 ? null : random.Next(Services), Releases.Count > 0 && random.Next(2) == 0 ? random.Next(Releases.Count) : null,
                random.Next(5) == 0 ? null : random.Next(1, 5000) * 60)),
        ];
    }

    /// <param name="By">The rows of a pull request: when which service brought it to production, and with what lead time.</param>
    public sealed record Change(IReadOnlyList<(DateTimeOffset At, int Service, int Seconds, bool IsLeftOut)> By);

    public sealed record Release(DateTimeOffset At, int Service, bool HasFailed);

    /// <param name="Brought">The place of the release that brought it.</param>
    public sealed record Outage(DateTimeOffset At, int? Affected, int? Brought, int? Seconds);

    public MeasuredData Data { get; }
    public int Repository { get; }
    public HashSet<int> ByRepository { get; }
    public HashSet<int> ByService { get; }
    public IReadOnlyList<Change> Changes { get; }
    public IReadOnlyList<Release> Releases { get; }
    public IReadOnlyList<Outage> Incidents { get; }
    public Period Period => Data.Period("2026-03-05", "2026-03-25");

    /// <summary>The teams by name with the services that count for them, and what belongs to none.</summary>
    public IReadOnlyList<(Guid Id, string Name, HashSet<int> Services)> Teams { get; private set; } = [];

    public static async Task<TeamWorld> StoreAsync(MetricsDatabase database, int seed)
    {
        var world = new TeamWorld(seed, MeasuredData.In(database, "UTC"));
        world.Data.Put(world.Put);
        await world.Data.SaveAsync();
        return world;
    }

    /// <summary>Of a pull request the row that speaks for these services; null when they did not bring it.</summary>
    public (DateTimeOffset At, int Service, int Seconds, bool IsLeftOut)? First(Change change, IReadOnlySet<int> services) => change.By
        .Where(row => services.Contains(row.Service)).OrderBy(row => row.At).ThenBy(row => serviceIds[row.Service])
        .Select(row => ((DateTimeOffset, int, int, bool)?)row).FirstOrDefault();

    public bool Holds(DateTimeOffset at) => at >= Period.From && at < Period.To;

    public Guid ServiceId(int service) => serviceIds[service];

    public static string RepositoryOf(int service) => service < 2 ? "one" : "two";

    private void Put(Owner owner, List<object> rows, Func<int> next, double factor)
    {
        var services = new[] { "one", "two" }.SelectMany(name => ServicesOf(owner, rows, name)).Select(service => service.Id).ToArray();
        if (factor == 1) services.CopyTo(serviceIds, 0);
        foreach (var change in Changes) PutChange(owner, rows, next, change, services, factor);
        var releases = Releases.Select(release => MakeRelease(owner.Id, RepositoryIdOf(owner, release.Service), services[release.Service], next(), release)).ToList();
        rows.AddRange(releases);
        foreach (var outage in Incidents)
        {
            var incident = new Incident { OrganizationId = owner.Id, Title = "Broke", StartedAt = outage.At, ServiceId = outage.Affected is { } place ? services[place] : null };
            if (outage.Seconds is { } seconds) incident.Resolve(outage.At.AddSeconds(seconds * factor));
            if (outage.Brought is { } brought) incident.LinkByHand(releases[brought].Id, Guid.Empty, outage.At);
            rows.Add(incident);
        }
        PutTeams(owner, rows, services, factor);
    }

    private void PutTeams(Owner owner, List<object> rows, Guid[] services, double factor)
    {
        var (byRepository, byService, archived) = (MakeTeam("Across"), MakeTeam("Backstage"), MakeTeam("Bygone"));
        archived.Archive(Guid.Empty, Origin);
        var name = Repository == 0 ? "one" : "two";
        rows.Add(new TeamRepository { TeamId = byRepository.Id, RepositoryId = owner.RepositoryId(name), OrganizationId = owner.Id });
        rows.AddRange(ByRepository.Where(s => RepositoryOf(s) != name).Select(s => Own(byRepository, s)));
        rows.AddRange(ByService.Select(s => Own(byService, s)));
        rows.AddRange(new[] { "one", "two" }.Select(each => new TeamRepository { TeamId = archived.Id, RepositoryId = owner.RepositoryId(each), OrganizationId = owner.Id }));
        var none = Enumerable.Range(0, Services).Except(ByRepository).Except(ByService).ToHashSet();
        if (factor == 1) Teams = [(byRepository.Id, "Across", ByRepository), (byService.Id, "Backstage", ByService), (Filter.NoTeam, TeamGroups.NoTeam, none)];

        Team MakeTeam(string called)
        {
            var team = new Team { OrganizationId = owner.Id, Name = called };
            rows.Add(team);
            return team;
        }

        TeamService Own(Team team, int service) => new() { TeamId = team.Id, ServiceId = services[service], OrganizationId = owner.Id };
    }

    private static void PutChange(Owner owner, List<object> rows, Func<int> next, Change change, Guid[] services, double factor)
    {
        var (number, name) = (next(), RepositoryOf(change.By[0].Service));
        owner.AddPullRequest(rows, name, number, change.By.Min(row => row.At).AddHours(-1), isRevert: false, waitingSince: null);
        var ordered = change.By.OrderBy(row => row.At).ThenBy(row => services[row.Service]).ToList();
        foreach (var row in ordered)
        {
            var deployed = new DeployedChange
            {
                PullRequestId = PullRequest.IdOf(owner.RepositoryId(name), number),
                OrganizationId = owner.Id,
                RepositoryId = owner.RepositoryId(name),
                ServiceId = services[row.Service],
                DeploymentId = owner.AddDeployment(rows, name, next(), row.At, isRelease: false, DeploymentOutcome.Succeeded, "production", isProduction: true),
                DeployedAt = row.At,
                LeftOut = row.IsLeftOut ? LeftOut.FirstKnownDeployment : null,
                LeadSeconds = row.Seconds * factor,
                CodingSeconds = row.Seconds * factor,
            };
            rows.Add(row == ordered[0] ? deployed : deployed.AsLater());
        }
    }

    private static Service[] ServicesOf(Owner owner, List<object> rows, string name)
    {
        owner.AddRepository(rows, name, MeasuredData.Long);
        var known = rows.OfType<Service>().Where(s => s.OrganizationId == owner.Id && s.RepositoryId == owner.RepositoryId(name)).ToList();
        if (known.Count > 1) return [.. known];
        var second = new Service { Id = Guid.CreateVersion7(), OrganizationId = owner.Id, RepositoryId = owner.RepositoryId(name), Name = $"part of {name}" };
        rows.Add(second);
        return [known[0], second];
    }

    private static Guid RepositoryIdOf(Owner owner, int service) => owner.RepositoryId(RepositoryOf(service));

    private static Deployment MakeRelease(Guid organization, Guid repository, Guid service, int number, Release told) => new()
    {
        Id = Guid.CreateVersion7(),
        OrganizationId = organization,
        RepositoryId = repository,
        ServiceId = service,
        SourceKey = $"deployment {number}",
        Environment = "production",
        IsProduction = true,
        Sha = $"{number:x8}",
        Title = $"Deployment {number}",
        Url = $"https://github.example/deployments/{number}",
        Outcome = DeploymentOutcome.Succeeded,
        StartedAt = told.At.AddMinutes(-5),
        FinishedAt = told.At,
        IsRelease = true,
        FailedBy = told.HasFailed ? ChangeFailure.Incident : null,
        Rework = told.HasFailed ? Rework.Hotfix : null,
        Contents = DeploymentContents.Ancestry,
    };

    private Change MakeChange()
    {
        var repository = random.Next(2);
        var services = random.Next(3) switch { 0 => new[] { 0 }, 1 => [1], _ => [0, 1] };
        return new([.. services.Select(place => (At(), (2 * repository) + place, random.Next(1, 100_000), random.Next(5) == 0))]);
    }

    // Now and then two at one instant.
    private DateTimeOffset At() => Origin.AddHours(random.Next(Days * 24));

    private IEnumerable<int> Picked(int part, int of) => Enumerable.Range(0, Services).Where(_ => random.Next(of) < part).ToList();
}
