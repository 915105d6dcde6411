namespace Veelocity.Simulator.SignIn;

/// <summary>The addresses of signing in with GitHub: what browsers and the app ask, and what a person's own token reads of them.</summary>
internal static class GitHubSignInRoutes
{
    private const string Pages = "/login/oauth";
    private const string TokenPrefix = "Bearer gho_";

    /// <summary>The pages, and calls with a token that a sign-in gave; every other token goes through the gate.</summary>
    public static bool Takes(HttpContext http) =>
        http.Request.Path.StartsWithSegments(Pages, StringComparison.Ordinal) || http.Request.Headers.Authorization.ToString().StartsWith(TokenPrefix, StringComparison.Ordinal);

    public static void Use(IApplicationBuilder app) => app.UseRouting().UseEndpoints(routes =>
    {
        routes.MapGet($"{Pages}/authorize", (HttpRequest request, GitHubSignIns people) => people.Authorize(request));
        routes.MapPost($"{Pages}/access_token", (HttpRequest request, GitHubSignIns people) => people.TokenAsync(request));
        foreach (var root in new[] { "", "/api/v3" })
        {
            routes.MapGet($"{root}/user", (HttpRequest request, GitHubSignIns people) =>
                Owner(request, people) is { } person ? Results.Json(new { id = person.Id, login = person.Login, name = person.Name }) : Results.Unauthorized());
            routes.MapGet($"{root}/user/emails", (HttpRequest request, GitHubSignIns people) => Owner(request, people) is { } person
                ? Results.Json(person.Emails.Select(email => new { email = email.Email, primary = email.Primary, verified = email.Verified }))
                : Results.Unauthorized());
        }
    });

    private static GitHubPerson? Owner(HttpRequest request, GitHubSignIns people) => people.OwnerOf(request.Headers.Authorization.ToString()["Bearer ".Length..]);
}
