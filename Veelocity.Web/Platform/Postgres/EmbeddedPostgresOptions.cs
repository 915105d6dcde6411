namespace Veelocity.Web.Platform.Postgres;

/// <summary>Where the embedded PostgreSQL keeps its data, where its programs are looked for, and how careful it is with the disk.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>The folder that holds everything; one running app per folder.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The unpacked npm package or its <c>native</c> folder; looked up in node_modules when absent.</summary>
    public string? BinariesDirectory { get; init; }

    /// <summary>Folders from which node_modules is looked for, here and in every folder above.</summary>
    public IReadOnlyList<string> SearchFrom { get; init; } = [Directory.GetCurrentDirectory(), AppContext.BaseDirectory];

    /// <summary>False lets a crash of the machine lose data, for test databases.</summary>
    public bool Durable { get; init; } = true;

    public int MaxConnections { get; init; } = 100;

    /// <summary>The database made at the first start.</summary>
    public string Database { get; init; } = "veelocity";
}
