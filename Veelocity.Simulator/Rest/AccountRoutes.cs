using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Rest;

/// <summary>Users, organizations, their repositories, and the budgets.</summary>
internal static class AccountRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/user", http => RestRoutes.Json(http, Shapes.Profile(Exchange.Of(http), Exchange.Of(http).World.Viewer)));
        routes.MapGet("/user/repos", http => Repositories(http, _ => true));
        routes.MapGet("/user/orgs", http => RestRoutes.Json(http, Paging.Cut(http, Organizations(http)).ConvertAll(account => Shapes.Account(Exchange.Of(http), account))));
        routes.MapGet("/users/{login}", http => Profile(http, organization: false));
        routes.MapGet("/orgs/{login}", http => Profile(http, organization: true));
        routes.MapGet("/users/{login}/repos", http => OwnedRepositories(http, organization: false));
        routes.MapGet("/orgs/{login}/repos", http => OwnedRepositories(http, organization: true));
        routes.MapGet("/rate_limit", RateLimit);
    }

    private static List<Account> Organizations(HttpContext http) =>
        [.. Exchange.Of(http).World.Accounts.Where(account => account.Kind == AccountKind.Organization)];

    private static Account? Find(HttpContext http, bool organization) =>
        Exchange.Of(http).World.FindAccount(RestRoutes.Route(http, "login")) is { } account && (!organization || account.Kind == AccountKind.Organization) ? account : null;

    private static Task Profile(HttpContext http, bool organization)
    {
        if (Find(http, organization) is not { } account)
            return Refusal.NotFound(http);
        return organization && Exchange.Of(http).Caller.LacksSso
            ? RestRoutes.RefuseSso(http, account)
            : RestRoutes.Json(http, Shapes.Profile(Exchange.Of(http), account));
    }

    private static Task OwnedRepositories(HttpContext http, bool organization)
    {
        if (Find(http, organization) is not { } account)
            return Refusal.NotFound(http);
        return account.Kind == AccountKind.Organization && Exchange.Of(http).Caller.LacksSso
            ? RestRoutes.RefuseSso(http, account)
            : Repositories(http, repository => repository.Owner == account);
    }

    private static Task Repositories(HttpContext http, Func<Repository, bool> wanted)
    {
        var at = Exchange.Of(http);
        if (at.Caller.LacksSso && at.World.Accounts.FirstOrDefault(account => account.Kind == AccountKind.Organization) is { } hidden)
            http.Response.Headers["X-GitHub-SSO"] = $"partial-results; organizations={hidden.Id}";
        var found = at.World.Repositories.Where(repository => at.Caller.Sees(repository) && wanted(repository)
            && (!at.Caller.LacksSso || repository.Owner.Kind != AccountKind.Organization));
        if (http.Request.Query.TryGetValue("visibility", out var visibility) && visibility != "all")
            found = found.Where(repository => repository.IsPrivate == (visibility == "private"));
        var sorted = http.Request.Query["sort"].ToString() switch
        {
            "pushed" => found.OrderByDescending(repository => repository.PushedAt),
            "updated" => found.OrderByDescending(repository => repository.UpdatedAt),
            "created" => found.OrderByDescending(repository => repository.CreatedAt),
            _ => found.OrderBy(repository => repository.FullName, StringComparer.Ordinal),
        };
        return RestRoutes.Json(http, Paging.Cut(http, sorted.ToList()).ConvertAll(repository => Shapes.Repository(at, repository)));
    }

    private static Task RateLimit(HttpContext http)
    {
        var at = Exchange.Of(http);
        at.Cost = 0;
        var limits = http.RequestServices.GetRequiredService<RateLimits>();
        var core = Shape(limits.Charge(at.Caller, RateLimits.Core, 0));
        return RestRoutes.Json(http, new { resources = new { core, graphql = Shape(limits.Charge(at.Caller, RateLimits.GraphQl, 0)) }, rate = core });
    }

    private static object Shape(Budget budget) => new
    {
        limit = budget.Limit,
        used = Math.Min(budget.Used, budget.Limit),
        remaining = budget.Remaining,
        reset = budget.ResetAt.ToUnixTimeSeconds(),
    };
}
