namespace Veelocity.Simulator.Worlds;

/// <summary>Who wrote or committed something, as git knows them, and the account GitHub links the email to.</summary>
public sealed record GitPerson(string Name, string Email, DateTimeOffset Date, Account? Account);

/// <summary>A commit. Its parents are in the same repository.</summary>
public sealed class Commit(string sha, string message, GitPerson author, GitPerson committer) : INode
{
    /// <summary>The full hash.</summary>
    public string Sha { get; } = sha;

    /// <summary>The whole message.</summary>
    public string Message { get; } = message;

    /// <summary>Who wrote it, and when: survives rebases.</summary>
    public GitPerson Author { get; set; } = author;

    /// <summary>Who committed it, and when: rewritten by rebases.</summary>
    public GitPerson Committer { get; set; } = committer;

    /// <summary>Its parents: two for a merge, none for the first.</summary>
    public List<Commit> Parents { get; } = [];

    /// <summary>The pull requests that brought it or hold it.</summary>
    public List<PullRequest> PullRequests { get; } = [];

    /// <summary>Lines added.</summary>
    public int Additions { get; set; }

    /// <summary>Lines removed.</summary>
    public int Deletions { get; set; }

    /// <summary>Files changed.</summary>
    public List<ChangedFile> Files { get; set; } = [];

    /// <summary>The first line of the message.</summary>
    public string Headline => Message.AsSpan().IndexOf('\n') is >= 0 and var end ? Message[..end].TrimEnd() : Message;

    /// <inheritdoc />
    public string NodeId => "C_" + Sha;
}

/// <summary>A file a commit touched.</summary>
public sealed record ChangedFile(string Path, int Additions, int Deletions);

/// <summary>A tag; with a tagger it is an annotated one.</summary>
public sealed record Tag(string Name, Commit Commit, GitPerson? Tagger = null) : INode
{
    /// <inheritdoc />
    public string NodeId => $"TA_{Commit.Sha}_{Name}";
}
