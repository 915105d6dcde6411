using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Rest;

/// <summary>Puts the REST interface on its addresses.</summary>
internal static class RestRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        AccountRoutes.Map(routes);
        RepositoryRoutes.Map(routes);
        PullRequestRoutes.Map(routes);
        ActionsRoutes.Map(routes);
        DeliveryRoutes.Map(routes);
        routes.Map("{**path}", Refusal.NotFound);
    }

    /// <summary>A route below one repository, which answers 404 for those the token does not see and 403 without single sign-on.</summary>
    public static void MapRepository(this IEndpointRouteBuilder routes, string path, Func<HttpContext, Repository, object?> answer)
    {
        routes.MapGet("/repos/{owner}/{name}" + path, http =>
        {
            var at = Exchange.Of(http);
            var (owner, name) = (Route(http, "owner"), Route(http, "name"));
            return at.World.FindRenamed(owner, name) is { } renamed && at.Caller.Sees(renamed)
                ? Moved(http, renamed, $"/repos/{owner}/{name}")
                : Answer(http, at.World.FindRepository(owner, name), answer);
        });

        // The address that survives renames; {id} in the path is the thing's own.
        routes.MapGet("/repositories/{repository:long}" + path, http =>
            Answer(http, Exchange.Of(http).World.Repositories.Find(repository => repository.Id == Number(http, "repository")), answer));
    }

    private static Task Moved(HttpContext http, Repository repository, string oldRoot)
    {
        var rest = http.Request.Path.Value![oldRoot.Length..];
        var url = $"{Exchange.Of(http).ApiUrl}/repositories/{repository.Id}{rest}{http.Request.QueryString}";
        http.Response.Headers.Location = url;
        http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        return Json(http, new { message = "Moved Permanently", url, documentation_url = "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects" });
    }

    /// <summary>Writes what a repository's route came to: null is 404, a <see cref="Func{T, TResult}"/> writes for itself.</summary>
    public static Task Answer(HttpContext http, Repository? repository, Func<HttpContext, Repository, object?> answer)
    {
        var caller = Exchange.Of(http).Caller;
        if (repository is null || !caller.Sees(repository))
            return Refusal.NotFound(http);
        if (caller.LacksSso && repository.Owner.Kind == AccountKind.Organization)
            return RefuseSso(http, repository.Owner);
        return answer(http, repository) switch
        {
            null => Refusal.NotFound(http),
            Func<HttpContext, Task> write => write(http),
            var shape => Json(http, shape),
        };
    }

    public static Task Json(HttpContext http, object shape) => http.Response.WriteAsJsonAsync(shape, shape.GetType(), http.RequestAborted);

    public static Task RefuseSso(HttpContext http, Account organization)
    {
        http.Response.Headers["X-GitHub-SSO"] = $"required; url={Exchange.Of(http).WebUrl}/orgs/{organization.Login}/sso?authorization_request=A";
        return Refusal.Write(http, 403, "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.");
    }

    public static string Route(HttpContext http, string name) => (string)http.Request.RouteValues[name]!;

    public static long Number(HttpContext http, string name) =>
        long.TryParse(Route(http, name), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : -1;
}
