using GraphQL;
using GraphQL.Utilities;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.GraphQl;

/// <summary>Commits, tags and the people git knows.</summary>
internal static class CommitFields
{
    public static void Define(TypeSettings types)
    {
        types.Of<Commit>("Commit")
            .Field("id", commit => commit.NodeId)
            .Field("oid", commit => commit.Sha)
            .Field("abbreviatedOid", commit => commit.Sha[..7])
            .Field("commitUrl", (commit, context) => Url(commit, context))
            .Field("url", (commit, context) => Url(commit, context))
            .Field("message", commit => commit.Message)
            .Field("messageHeadline", commit => commit.Headline)
            .Field("messageBody", commit => commit.Message[commit.Headline.Length..].Trim())
            .Field("authoredDate", commit => commit.Author.Date)
            .Field("committedDate", commit => commit.Committer.Date)
            .Field("author", commit => commit.Author)
            .Field("committer", commit => commit.Committer)
            .Field("additions", commit => commit.Additions)
            .Field("deletions", commit => commit.Deletions)
            .Field("changedFilesIfAvailable", commit => commit.Files.Count)
            .Connection("parents", commit => commit.Parents)
            .Connection("associatedPullRequests", Associated)
            .Field("history", History);

        types.Of<GitPerson>("GitActor")
            .Field("name", person => person.Name)
            .Field("email", person => person.Email)
            .Field("date", person => person.Date)
            .Field("user", person => person.Account)
            .Field("avatarUrl", (person, context) => $"{GraphCall.Of(context).WebUrl}/avatars/{person.Account?.Id ?? 0}");

        types.Of<Worlds.Tag>("Tag")
            .Field("id", tag => tag.NodeId)
            .Field("oid", tag => new string([.. tag.Commit.Sha.Reverse()]))
            .Field("abbreviatedOid", tag => new string([.. tag.Commit.Sha.Reverse().Take(7)]))
            .Field("commitUrl", (tag, context) => Url(tag.Commit, context))
            .Field("name", tag => tag.Name)
            .Field("message", tag => tag.Name)
            .Field("tagger", tag => tag.Tagger)
            .Field("target", tag => tag.Commit);
    }

    private static string Url(Commit commit, IResolveFieldContext context) => $"{GraphCall.Of(context).WebUrl}/commit/{commit.Sha}";

    // Those that were merged; while none was, the open ones that hold the commit.
    private static List<PullRequest> Associated(Commit commit) =>
        commit.PullRequests.FindAll(pull => pull.MergedAt is not null) is { Count: > 0 } merged
            ? merged
            : commit.PullRequests.FindAll(pull => pull.State == "OPEN");

    private static Page History(Commit head, IResolveFieldContext context)
    {
        var all = CommitGraph.History(head);
        var since = Iso.Parse(context.GetArgument<string?>("since"));
        var until = Iso.Parse(context.GetArgument<string?>("until"));
        return Page.Of(
            since is null && until is null
                ? all
                : all.Where(commit => (since is null || commit.Committer.Date >= since) && (until is null || commit.Committer.Date <= until)).ToList(),
            context);
    }
}
