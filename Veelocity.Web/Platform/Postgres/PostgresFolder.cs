using Veelocity.Web.Platform.Startup;

namespace Veelocity.Web.Platform.Postgres;

/// <summary>The files of the embedded PostgreSQL: <c>postgres/</c> in the data directory, held by one app at a time.</summary>
internal sealed class PostgresFolder : IDisposable
{
    const string MajorVersion = "18";

    readonly FileStream _lock;

    PostgresFolder(string root, PostgresAccount account, FileStream @lock)
    {
        Root = root;
        Account = account;
        _lock = @lock;
    }

    public string Root { get; }

    public PostgresAccount Account { get; }

    public string Cluster => Path.Combine(Root, MajorVersion);

    /// <summary>Where a cluster is made; renamed to <see cref="Cluster"/> once complete, so that a crash leaves no half of one.</summary>
    public string UnfinishedCluster => Cluster + ".new";

    public string PasswordFile => Path.Combine(Root, "password");

    public string Log => Path.Combine(Root, "postgres.log");

    public PostmasterFile Postmaster => new(Cluster);

    public static async Task<PostgresFolder> OpenAsync(string dataDirectory, CancellationToken cancellation)
    {
        FileStream? @lock = null;
        try
        {
            var root = Path.Combine(Path.GetFullPath(dataDirectory), "postgres");
            Directory.CreateDirectory(root);
            if (new DirectoryInfo(root).ResolveLinkTarget(returnFinalTarget: true) is { } target)
                root = target.FullName;
            var account = await PostgresAccount.ForAsync(root, cancellation);
            if (account.IsSomeoneElse && !await account.CanEnterAsync(root, cancellation))
                root = MoveWhereOthersCanEnter(root);
            @lock = Lock(root, dataDirectory);
            await account.TakeOverAsync(root, cancellation);
            return new PostgresFolder(root, account, @lock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (@lock is not null)
                await @lock.DisposeAsync();
            throw new StartupException($"The data directory {dataDirectory} cannot be written to ({e.Message.TrimEnd('.')}). Start Veelocity as its owner, or set Veelocity__DataDirectory to another folder.", e);
        }
    }

    public void Dispose() => _lock.Dispose();

    // Root's own folders (/root) are closed to the user PostgreSQL runs as, so its files live where system data lives; a link leads there.
    static string MoveWhereOthersCanEnter(string root)
    {
        if (Directory.EnumerateFileSystemEntries(root).Any())
            throw new StartupException($"The user PostgreSQL runs as cannot enter {root}: start Veelocity as the owner of that folder, or set Veelocity__DataDirectory to a folder every user can enter.");
        var target = Path.Combine("/var/lib/veelocity", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(target);
        Directory.Delete(root);
        Directory.CreateSymbolicLink(root, target);
        return target;
    }

    static FileStream Lock(string root, string dataDirectory)
    {
        var file = Path.Combine(root, "lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            throw new StartupException($"Veelocity is already running on the data directory {dataDirectory}: stop it, or give this one a folder of its own with Veelocity__DataDirectory.", e);
        }
    }
}
