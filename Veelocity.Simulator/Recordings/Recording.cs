using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Recordings;

/// <summary>Reads a folder of recorded REST rows (one JSON object a line) into a world, filling in what the rows lack.</summary>
public sealed class Recording
{
    private readonly string _folder;
    private readonly World _world;

    private Recording(string folder, World world) => (_folder, _world) = (folder, world);

    /// <summary>The world of one recording; it ends at the last push.</summary>
    public static World Load(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "repos.ndjson")))
            throw new DirectoryNotFoundException($"'{folder}' is no recording: it has no repos.ndjson.");
        var ends = Row.Read(folder, "repos").Max(row => row.Instant("pushed_at") ?? row.Instant("updated_at")) ?? DateTimeOffset.UnixEpoch;
        var world = new World(ends);
        new Recording(folder, world).LoadAll();
        return world;
    }

    private void LoadAll()
    {
        LoadAccounts();
        foreach (var row in Rows("repos"))
            LoadRepository(row);
        new RecordedCommits(this).Load();
        new RecordedPullRequests(this).Load();
        new RecordedRuns(this).Load();
        new RecordedDeliveries(this).Load();
    }

    internal World World => _world;

    internal IEnumerable<Row> Rows(string kind) => Row.Read(_folder, kind);

    internal Repository RepositoryOf(Row row)
    {
        var name = row.Text("_repo")!.Split('/');
        return _world.FindRepository(name[0], name[1]) ?? throw new InvalidDataException($"A row names the repository '{row.Text("_repo")}', which repos.ndjson lacks.");
    }

    /// <summary>The account of a <c>{login}</c> object; one that no row describes is made up.</summary>
    internal Account? AccountOf(Row? row) => row?.Text("login") is { } login ? _world.FindAccount(login) ?? Make(login, null) : null;

    /// <summary>Stands where GitHub always names somebody and the row does not.</summary>
    internal Account Ghost => _world.FindAccount("ghost") ?? _world.Add(new Account(10137, "ghost", AccountKind.User) { CreatedAt = _world.Now });

    internal long IdOf(Row row)
    {
        if (row.Number("id") is not { } id)
            return _world.NextId();
        _world.SkipIdsUpTo(id);
        return id;
    }

    private void LoadAccounts()
    {
        foreach (var row in Rows("users").Concat(Rows("orgs")))
        {
            var account = Make(row.Text("login")!, row);
            account.Name = row.Text("name");
            account.Email = row.Text("email");
            account.CreatedAt = row.Instant("created_at") ?? _world.Now;
        }
    }

    private Account Make(string login, Row? row)
    {
        var isBot = login.EndsWith("[bot]", StringComparison.Ordinal);
        var kind = Enum.TryParse<AccountKind>(row?.Text("type"), out var given) ? given : isBot ? AccountKind.Bot : AccountKind.User;
        return _world.Add(new Account(row is { } known ? IdOf(known) : _world.NextId(), isBot ? login[..^5] : login, kind) { CreatedAt = _world.Now });
    }

    private void LoadRepository(Row row)
    {
        var owner = AccountOf(row.Child("owner")) ?? throw new InvalidDataException("A repository lacks its owner.");
        _world.Add(new Repository(_world, IdOf(row), owner, row.Text("name")!)
        {
            IsPrivate = row.Is("private"),
            IsArchived = row.Is("archived"),
            IsFork = row.Is("fork"),
            Description = row.Text("description"),
            PrimaryLanguage = row.Text("language"),
            DefaultBranchName = row.Text("default_branch") ?? "main",
            CreatedAt = row.Instant("created_at") ?? _world.Now,
            UpdatedAt = row.Instant("updated_at") ?? _world.Now,
            PushedAt = row.Instant("pushed_at"),
        });
    }
}
