namespace Veelocity.Simulator.Worlds;

/// <summary>Everything the simulated GitHub knows. Plain mutable objects: change them between requests and the answers change.</summary>
public sealed class World
{
    private const long FirstId = 10_000;
    private readonly Dictionary<string, INode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Repository> _repositories = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Repository> _formerNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly Turns _turns = new();
    private readonly List<Action<Happening>> _listeners = [];
    private long _lastId = FirstId;

    /// <summary>An empty world whose last event lies at or before <paramref name="now"/>; the viewer owns every good token.</summary>
    public World(DateTimeOffset now)
    {
        Now = now;
        Viewer = Add(new Account(NextId(), "octo-reader", AccountKind.User) { Name = "Octo Reader", CreatedAt = now.AddYears(-5) });
    }

    /// <summary>Starts over with an empty world; whoever listens keeps listening.</summary>
    public void Clear(DateTimeOffset now)
    {
        _nodes.Clear();
        _accounts.Clear();
        _repositories.Clear();
        _formerNames.Clear();
        Repositories.Clear();
        _lastId = FirstId;
        Now = now;
        Viewer = Add(Viewer);
    }

    /// <summary>The moment at which the world's history ends.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>The user whom every accepted token belongs to.</summary>
    public Account Viewer { get; set; }

    /// <summary>Where pages are, when not on this server: recorded links lead to them.</summary>
    internal string? WebUrl { get; set; }

    /// <summary>Recorded texts may contain half a surrogate pair.</summary>
    internal bool MayHoldHalfCharacters { get; set; }

    /// <summary>Users, bots, organizations and imported accounts.</summary>
    public IReadOnlyCollection<Account> Accounts => _accounts.Values;

    /// <summary>All repositories, in the order they were added.</summary>
    public List<Repository> Repositories { get; } = [];

    /// <summary>A number no other thing in the world has; some numbers in real data overflow an int, so these start low and may grow.</summary>
    public long NextId() => ++_lastId;

    /// <summary>Keeps generated ids above one that was read from elsewhere.</summary>
    public void SkipIdsUpTo(long id) => _lastId = Math.Max(_lastId, id);

    /// <summary>The account with this login, with or without <c>[bot]</c>, or null.</summary>
    public Account? FindAccount(string login) => _accounts.GetValueOrDefault(WithoutSuffix(login));

    /// <summary>The repository with this name, in any case, or null.</summary>
    public Repository? FindRepository(string owner, string name) => _repositories.GetValueOrDefault($"{owner}/{name}");

    /// <summary>The repository that once had this name, or null: GitHub leads from the old name to the new until another takes it.</summary>
    public Repository? FindRenamed(string owner, string name) =>
        FindRepository(owner, name) is null && _formerNames.GetValueOrDefault($"{owner}/{name}") is { IsDeleted: false } found ? found : null;

    /// <summary>The thing with this node id, or null.</summary>
    public INode? FindNode(string nodeId) => _nodes.GetValueOrDefault(nodeId);

    /// <summary>Adds an account.</summary>
    public Account Add(Account account)
    {
        _accounts[account.Login] = account;
        return Register(account);
    }

    /// <summary>Adds a repository; what is added to it later is found by node id too.</summary>
    public Repository Add(Repository repository)
    {
        Repositories.Add(repository);
        _repositories[repository.FullName] = repository;
        return Register(repository);
    }

    /// <summary>Gives a repository another name; the old one leads to it.</summary>
    public void Rename(Repository repository, string name)
    {
        _repositories.Remove(repository.FullName);
        _formerNames[repository.FullName] = repository;
        repository.Name = name;
        _repositories[repository.FullName] = repository;
    }

    /// <summary>Leads from a name that the repository once had, under any owner, to the repository.</summary>
    public void AddFormerName(Repository repository, string fullName) => _formerNames[fullName] = repository;

    /// <summary>Deletes a repository with all that is in it.</summary>
    public void Delete(Repository repository)
    {
        repository.IsDeleted = true;
        Repositories.Remove(repository);
        _repositories.Remove(repository.FullName);
    }

    /// <summary>Deletes an account: what it wrote remains, without an author.</summary>
    public void Delete(Account account)
    {
        _accounts.Remove(account.Login);
        _nodes.Remove(account.NodeId);
        new Departure(account).From(this);
    }

    /// <summary>Changes something while no answer is being written.</summary>
    public T Change<T>(Func<T> change) => _turns.Write(change);

    internal void Forget(INode node) => _nodes.Remove(node.NodeId);

    /// <summary>Has this told of everything that happens, in the middle of each change.</summary>
    internal void Listen(Action<Happening> listener) => _listeners.Add(listener);

    internal void Tell(Happening happening) => _listeners.ForEach(listener => listener(happening));

    internal IDisposable Read() => _turns.Read();

    /// <summary>Makes a thing findable by its node id.</summary>
    public T Register<T>(T node) where T : INode
    {
        _nodes[node.NodeId] = node;
        return node;
    }

    private static string WithoutSuffix(string login) =>
        login.EndsWith("[bot]", StringComparison.OrdinalIgnoreCase) ? login[..^5] : login;
}
