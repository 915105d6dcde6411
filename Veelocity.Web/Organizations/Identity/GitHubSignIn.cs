using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>Signing in through GitHub: OAuth with state and PKCE. What GitHub says of a person is their id, name and primary address, if verified.</summary>
internal static class GitHubSignIn
{
    public const string Scheme = "GitHub";
    public const string FailedPath = "/account/github/failed";

    public static void AddGitHubSignIn(this AuthenticationBuilder authentication)
    {
        authentication.AddOAuth(Scheme, _ => { });
        authentication.Services.AddOptions<OAuthOptions>(Scheme).Configure<IOptions<AccountOptions>>((oauth, accounts) => Configure(oauth, accounts.Value.SignIn.GitHub));
    }

    private static void Configure(OAuthOptions oauth, GitHubSignInOptions gitHub)
    {
        // Registered always and offered only where configured; the framework demands that both are there.
        (oauth.ClientId, oauth.ClientSecret) = (gitHub.ClientId is { Length: > 0 } id ? id : "none", gitHub.ClientSecret is { Length: > 0 } secret ? secret : "none");
        oauth.AuthorizationEndpoint = new Uri(gitHub.BaseUrl, "/login/oauth/authorize").AbsoluteUri;
        oauth.TokenEndpoint = new Uri(gitHub.BaseUrl, "/login/oauth/access_token").AbsoluteUri;
        oauth.UserInformationEndpoint = new Uri(gitHub.ApiUrl, "user").AbsoluteUri;
        oauth.CallbackPath = "/account/github/return";
        oauth.Scope.Add("user:email");
        oauth.UsePkce = true;
        oauth.SignInScheme = IdentityConstants.ExternalScheme;
        oauth.BackchannelTimeout = TimeSpan.FromSeconds(15);
        oauth.CorrelationCookie.Name = "veelocity-github.";
        oauth.CorrelationCookie.SameSite = SameSiteMode.Lax;
        oauth.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oauth.Events.OnCreatingTicket = ReadPersonAsync;
        oauth.Events.OnRemoteFailure = context =>
        {
            var wasDenied = context.Request.Query["error"] == "access_denied";
            context.Response.Redirect($"{context.Request.PathBase}{FailedPath}?denied={(wasDenied ? "true" : "false")}");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static async Task ReadPersonAsync(OAuthCreatingTicketContext context)
    {
        var user = await AskAsync(context, context.Options.UserInformationEndpoint);
        var (id, login) = (user.GetProperty("id").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture), user.GetProperty("login").GetString()!);
        context.Identity!.AddClaim(new Claim(ClaimTypes.NameIdentifier, id));
        context.Identity.AddClaim(new Claim(ClaimTypes.Name, login));
        var name = user.TryGetProperty("name", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()?.Trim() : null;
        context.Identity.AddClaim(new Claim(Caller.FullNameClaim, name is { Length: > 0 } ? name : login));
        foreach (var email in (await AskAsync(context, context.Options.UserInformationEndpoint + "/emails")).EnumerateArray())
        {
            if (email.GetProperty("primary").GetBoolean() && email.GetProperty("verified").GetBoolean())
                context.Identity.AddClaim(new Claim(ClaimTypes.Email, email.GetProperty("email").GetString()!));
        }
    }

    private static async Task<JsonElement> AskAsync(OAuthCreatingTicketContext context, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        request.Headers.Accept.ParseAdd("application/vnd.github+json");
        using var response = await context.Backchannel.SendAsync(request, context.HttpContext.RequestAborted);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(context.HttpContext.RequestAborted);
    }
}
