using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Rest;

/// <summary>A repository, its branches, tags, commits and contributors.</summary>
internal static class RepositoryRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRepository("", (http, repository) => Shapes.Repository(Exchange.Of(http), repository));
        routes.MapRepository("/branches", Branches);
        routes.MapRepository("/tags", Tags);
        routes.MapRepository("/commits", Commits);
        routes.MapRepository("/commits/{sha}", (http, repository) =>
            Resolve(repository, RestRoutes.Route(http, "sha")) is { } commit ? Shapes.CommitWithFiles(Exchange.Of(http), repository, commit) : null);
        routes.MapRepository("/contributors", Contributors);
    }

    private static object Branches(HttpContext http, Repository repository) => Paging
        .Cut(http, repository.Branches.OrderBy(branch => branch.Key, StringComparer.Ordinal).ToList())
        .ConvertAll(branch => new
        {
            name = branch.Key,
            commit = new { sha = branch.Value.Sha, url = $"{Shapes.Url(Exchange.Of(http), repository)}/commits/{branch.Value.Sha}" },
            @protected = branch.Key == repository.DefaultBranchName,
        });

    private static object Tags(HttpContext http, Repository repository) => Paging
        .Cut(http, repository.Tags.AsEnumerable().Reverse().ToList())
        .ConvertAll(tag => new
        {
            name = tag.Name,
            commit = new { sha = tag.Commit.Sha, url = $"{Shapes.Url(Exchange.Of(http), repository)}/commits/{tag.Commit.Sha}" },
            node_id = tag.NodeId,
        });

    private static object? Commits(HttpContext http, Repository repository)
    {
        var query = http.Request.Query;
        if (repository.Head is null)
            return (Func<HttpContext, Task>)(empty => Refusal.Write(empty, 409, "Git Repository is empty."));
        var start = query.TryGetValue("sha", out var wanted) ? Resolve(repository, wanted.ToString()) : repository.Head;
        if (start is null)
            return null;
        if (!Instant(query, "since", out var since) || !Instant(query, "until", out var until))
            return (Func<HttpContext, Task>)(bad => Refusal.Unprocessable(bad));
        var author = query["author"].ToString();
        var found = CommitGraph.History(start).Where(commit =>
            (since is null || commit.Committer.Date >= since) && (until is null || commit.Committer.Date <= until)
            && (author.Length == 0 || commit.Author.Account?.Login == author || commit.Author.Email == author)).ToList();
        return Paging.Cut(http, found).ConvertAll(commit => Shapes.Commit(Exchange.Of(http), repository, commit));
    }

    private static object Contributors(HttpContext http, Repository repository)
    {
        var history = repository.Head is null ? [] : CommitGraph.History(repository.Head);
        var found = history.Where(commit => commit.Author.Account is not null)
            .GroupBy(commit => commit.Author.Account!)
            .Select(commits => (Account: commits.Key, Count: commits.Count()))
            .OrderByDescending(contributor => contributor.Count)
            .ToList();
        var at = Exchange.Of(http);
        return Paging.Cut(http, found).ConvertAll(contributor => new
        {
            login = contributor.Account.RestLogin,
            id = contributor.Account.Id,
            node_id = contributor.Account.NodeId,
            avatar_url = $"{at.WebUrl}/avatars/{contributor.Account.Id}",
            type = contributor.Account.Kind.ToString(),
            contributions = contributor.Count,
        });
    }

    private static Commit? Resolve(Repository repository, string name) =>
        repository.Branches.GetValueOrDefault(name)
        ?? repository.Commits.GetValueOrDefault(name)
        ?? repository.Tags.Find(tag => tag.Name == name)?.Commit;

    private static bool Instant(IQueryCollection query, string name, out DateTimeOffset? instant)
    {
        instant = query.TryGetValue(name, out var text) ? Iso.Parse(text) : null;
        return instant is not null || !query.ContainsKey(name);
    }
}
