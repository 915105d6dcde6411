using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>
/// Makes a world from a seed: two environments, deployment by workflow, a repository of two services, one whose deployments are estimated from
/// merges; people and machines; teams that overlap; clocks that change.
/// </summary>
internal sealed class WorldMaker
{
    // Each in the weeks after its clocks changed, but for Kolkata, where they never do; at whole minutes, by which comparisons are cached.
    private static readonly (string Zone, DateTimeOffset Now)[] Places =
    [
        ("Europe/Berlin", new(2026, 4, 14, 13, 37, 0, TimeSpan.Zero)),
        ("America/New_York", new(2026, 11, 13, 22, 5, 0, TimeSpan.Zero)),
        ("Asia/Kolkata", new(2026, 5, 20, 20, 45, 0, TimeSpan.Zero)),
        ("Pacific/Auckland", new(2026, 4, 20, 9, 12, 0, TimeSpan.Zero)),
        ("Australia/Lord_Howe", new(2026, 10, 22, 3, 51, 0, TimeSpan.Zero)),
        ("America/New_York", new(2026, 3, 25, 17, 20, 0, TimeSpan.Zero)),
    ];

    private const int Days = 130;

    private readonly World world;
    private readonly Dice dice;
    private readonly Staff staff;

    private WorldMaker(World world, Dice dice) => (this.world, this.dice, staff) = (world, dice, new Staff(world));

    private DateTimeOffset From => world.Now.AddDays(-Days);

    private DateTimeOffset To => world.Now.AddHours(-1);

    public static DateTimeOffset NowOf(int seed) => Places[seed % Places.Length].Now;

    public static World Make(int seed, Guid organizationId, Guid memberId)
    {
        var (zone, now) = Places[seed % Places.Length];
        var dice = new Dice(seed);
        var world = new World(organizationId, memberId, zone, now) { WindowHours = dice.Pick([6, 24, 72]) };
        new WorldMaker(world, dice).Make();
        return world;
    }

    private void Make()
    {
        world.GitHub.Connect("secret", null, "octo", null, world.MemberId, From);
        world.Linear.Connect("secret", null, "octo", null, world.MemberId, From);
        world.Linear.ChangedAt = world.Now;
        IssueStory.Begin(world, dice, staff, From);
        Shop();
        Api();
        Mono();
        Estimated();
        new BuildStory(world, dice, world.Repositories[3]).Tell(From);
        IssueStory.Attach(world, dice);
        new IncidentStory(world, dice, From).Tell();
        Decide();
        TeamStory.Tell(world, dice);
    }

    private void Shop()
    {
        var repository = AddRepository("shop", From.AddDays(-20));
        AddService(repository, "shop", new ServiceSource(DeploymentSource.Environment, "production", null) { Also = ["production-eu"] });
        var delivery = new EnvironmentDelivery(world, dice, repository);
        new RepositoryStory(
            dice, new CodeHistory(world, dice, staff, repository, folders: null), places: 1,
            (_, sha, from, to, end) => delivery.Ship(dice.Chance(70) ? "production" : "production-eu", sha, from, to, end),
            (sha, from, to, end) => delivery.Ship("staging", sha, from, to, end)).Tell(From, To);
    }

    private void Api()
    {
        var repository = AddRepository("api", From.AddDays(30));
        AddService(repository, "api", new ServiceSource(DeploymentSource.Workflow, WorkflowDelivery.Path, null));
        var delivery = new WorkflowDelivery(world, dice, repository);
        new RepositoryStory(
            dice, new CodeHistory(world, dice, staff, repository, folders: null), places: 1,
            (_, sha, from, to, end) => delivery.Ship(sha, from, to, end), rehearse: null).Tell(From.AddDays(30), To);
    }

    private void Mono()
    {
        var repository = AddRepository("mono", From);
        string[] folders = ["web", "jobs"];
        foreach (var folder in folders)
            AddService(repository, folder, new ServiceSource(DeploymentSource.Environment, $"production-{folder}", null), [$"{folder}/**"]);
        var delivery = new EnvironmentDelivery(world, dice, repository);
        new RepositoryStory(
            dice, new CodeHistory(world, dice, staff, repository, folders), places: 2,
            (place, sha, from, to, end) => delivery.Ship($"production-{folders[place]}", sha, from, to, end), rehearse: null).Tell(From, To);
    }

    private void Estimated()
    {
        var repository = AddRepository("app", From);
        AddService(repository, "app", new ServiceSource(DeploymentSource.MergedPullRequests, null, null));
        new RepositoryStory(
            dice, new CodeHistory(world, dice, staff, repository, folders: null), places: 1, (_, _, _, _, _) => { }, rehearse: null).Tell(From, To);
    }

    // What members say about pull requests of people and about deployments.
    private void Decide()
    {
        var people = staff.People.Select(a => a.Id).ToHashSet();
        foreach (var pull in world.Pulls.Where(p => p.AuthorAccountId is { } author && people.Contains(author) && dice.Chance(4)))
            world.Decide(DecisionSubject.PullRequest, pull.Id, pull.RepositoryId, dice.Chance(60) ? DecisionVerdict.Exclude : DecisionVerdict.Include);
        var shop = world.Services[0];
        foreach (var deployment in world.Deployments.Where(d => d.RepositoryId == shop.RepositoryId && dice.Chance(3)))
        {
            world.Decide(
                DecisionSubject.Deployment, Deployment.IdOf(shop.Id, deployment.Environment, $"deployment {deployment.ExternalId}"), shop.RepositoryId,
                DecisionVerdict.Exclude);
        }
    }

    private Repository AddRepository(string name, DateTimeOffset createdAt)
    {
        var repository = new Repository
        {
            Id = Repository.IdOf(world.OrganizationId, name),
            OrganizationId = world.OrganizationId,
            ConnectionId = world.GitHub.Id,
            ExternalId = name,
            FullName = $"acme/{name}",
            Url = $"https://github.example/acme/{name}",
            DefaultBranch = "main",
            CreatedAt = createdAt,
            ChangedAt = world.Now,
        };
        world.Repositories.Add(repository);
        return repository;
    }

    private void AddService(Repository repository, string name, ServiceSource source, string[]? globs = null)
    {
        var service = new Service
        {
            Id = globs is null ? Service.IdOf(repository.Id) : Guid.CreateVersion7(),
            OrganizationId = world.OrganizationId,
            RepositoryId = repository.Id,
            Name = name,
            PathGlobs = globs ?? [],
        };
        service.Choose(source, From, world.MemberId);
        world.Services.Add(service);
    }
}
