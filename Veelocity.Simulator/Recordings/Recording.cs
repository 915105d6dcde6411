using System.Security.Cryptography;
using System.Text;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Recordings;

/// <summary>
/// A folder of recorded rows (one JSON object a line), read into a world with what the rows lack filled in. A folder with the parts
/// <c>github</c>, <c>linear</c> and <c>slack</c> is all that the three providers return; otherwise its rows are GitHub's.
/// </summary>
public sealed class Recording
{
    private readonly string _folder;
    private readonly World _world;

    private Recording(string folder, World world) => (_folder, _world) = (folder, world);

    /// <summary>The world of one recording; it ends at the last push.</summary>
    public static World Load(string folder)
    {
        var world = new World(DateTimeOffset.UnixEpoch);
        Load(folder, world);
        return world;
    }

    /// <summary>Whether it says what Linear and Slack return, too.</summary>
    public static bool IsWhole(string folder) => Directory.Exists(Path.Combine(folder, "github"));

    internal static void Load(string folder, World world)
    {
        var github = IsWhole(folder) ? Path.Combine(folder, "github") : folder;
        if (!File.Exists(Path.Combine(github, "repos.ndjson")))
            throw new DirectoryNotFoundException($"'{folder}' is no recording: it has no repos.ndjson.");
        world.Clear(Row.Read(github, "repos").Max(row => row.Instant("pushed_at") ?? row.Instant("updated_at")) ?? DateTimeOffset.UnixEpoch);
        world.WebUrl = IsWhole(folder) ? "https://github.com" : null;
        world.MayHoldHalfCharacters = IsWhole(folder)
            && Directory.EnumerateFiles(folder, "*json", SearchOption.AllDirectories).Any(file => HalfCharacters.MayBeIn(File.ReadAllText(file)));
        new Recording(github, world).LoadAll(Row.One(folder, "meta")?.Text("viewer"));
    }

    private void LoadAll(string? viewer)
    {
        LoadAccounts();
        if (viewer is not null)
            _world.Viewer = _world.FindAccount(viewer) ?? Make(viewer, null);
        foreach (var row in Rows("repos").ToList())
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
        return _world.FindRepository(name[0], name[1]) ?? _world.FindRenamed(name[0], name[1])
            ?? throw new InvalidDataException($"A row names the repository '{row.Text("_repo")}', which repos.ndjson lacks.");
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
        return _world.Add(new Account(row is { } known ? IdOf(known) : IdOf(login), isBot ? login[..^5] : login, kind) { CreatedAt = _world.Now });
    }

    // The same in each recording that names the account.
    private static long IdOf(string login) => 40_000_000 + (BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(login))) % 50_000_000);

    private void LoadRepository(Row row)
    {
        var owner = AccountOf(row.Child("owner")) ?? throw new InvalidDataException("A repository lacks its owner.");
        var repository = _world.Add(new Repository(_world, IdOf(row), owner, row.Text("name")!)
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
        foreach (var former in row.Items("_former_names"))
            _world.AddFormerName(repository, former.GetString()!);
    }
}
