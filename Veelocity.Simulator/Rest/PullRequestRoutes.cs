using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Rest;

/// <summary>Pull requests, their commits and reviews.</summary>
internal static class PullRequestRoutes
{
    private const int MostCommits = 250;
    private const int MostFiles = 3_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRepository("/pulls", All);
        routes.MapRepository("/pulls/{number:int}", (http, repository) => Find(http, repository) is { } pull ? PullRequestShapes.Whole(Exchange.Of(http), pull) : null);
        routes.MapRepository("/pulls/{number:int}/commits", (http, repository) => Find(http, repository) is { } pull
            ? Paging.Cut(http, pull.Commits, MostCommits).ConvertAll(commit => Shapes.Commit(Exchange.Of(http), repository, commit))
            : null);
        routes.MapRepository("/pulls/{number:int}/reviews", (http, repository) => Find(http, repository) is { } pull
            ? Paging.Cut(http, pull.Reviews).ConvertAll(review => PullRequestShapes.Review(Exchange.Of(http), review))
            : null);
        routes.MapRepository("/pulls/{number:int}/files", (http, repository) => Find(http, repository) is { } pull ? Files(http, pull) : null);
    }

    private static object Files(HttpContext http, PullRequest pull) => Paging.Cut(http, pull.Files, MostFiles).ConvertAll(file => PullRequestShapes.File(Exchange.Of(http), pull, file));

    private static PullRequest? Find(HttpContext http, Repository repository) => repository.FindPullRequest((int)RestRoutes.Number(http, "number"));

    private static object All(HttpContext http, Repository repository)
    {
        var query = http.Request.Query;
        var state = query["state"].ToString() is { Length: > 0 } given ? given : "open";
        if (state is not ("open" or "closed" or "all"))
            return (Func<HttpContext, Task>)(bad => Refusal.Unprocessable(bad));
        var found = repository.PullRequests.Where(pull => state == "all" || (pull.State == "OPEN") == (state == "open"));
        if (query.TryGetValue("base", out var baseRef))
            found = found.Where(pull => pull.BaseRef == baseRef);
        if (query.TryGetValue("head", out var head))
            found = found.Where(pull => $"{pull.HeadOwner}:{pull.HeadRef}" == head);
        var byUpdate = query["sort"] == "updated";
        var ascending = query["direction"] == "asc" || (query["direction"].Count == 0 && byUpdate && query["sort"].Count == 0);
        var sorted = found.OrderBy(pull => byUpdate ? pull.UpdatedAt : pull.CreatedAt).ThenBy(pull => pull.Number).ToList();
        if (!ascending)
            sorted.Reverse();
        return Paging.Cut(http, sorted).ConvertAll(pull => PullRequestShapes.Listed(Exchange.Of(http), pull));
    }
}
