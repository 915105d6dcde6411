namespace Veelocity.Web.Connectors.GitHub;

/// <summary>A commit as REST lists it.</summary>
internal sealed record CommitRow(string? Sha, CommitRow.Details? Commit, AccountRow? Author, IReadOnlyList<CommitRow.Parent?>? Parents)
{
    public IEnumerable<string> ParentShas => Parents?.Select(parent => parent?.Sha).OfType<string>() ?? [];

    public CommitFact ToFact(string repositoryId) => new(
        repositoryId,
        Required.Of(Sha, "sha"),
        HeadlineOf(Commit?.Message),
        Commit?.Author?.Date ?? Required.Of(Commit?.Committer?.Date, "committer.date"),
        Required.Of(Commit?.Committer?.Date, "committer.date"),
        [.. ParentShas],
        AccountRow.ToActor(Author),
        Commit?.Author?.Name,
        Commit?.Author?.Email)
    {
        Body = Commit?.Message?.Split('\n', 2) is [_, var body] ? body : null,
    };

    private static string HeadlineOf(string? message) => (message ?? "").Split('\n', 2)[0].TrimEnd();

    internal sealed record Details(string? Message, Signature? Author, Signature? Committer);

    internal sealed record Signature(string? Name, string? Email, DateTimeOffset? Date);

    internal sealed record Parent(string? Sha);
}
