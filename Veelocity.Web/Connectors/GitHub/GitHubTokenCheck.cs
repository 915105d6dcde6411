using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Octokit;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Asks GitHub who a token is and what it will not show, before it is trusted with a connection.</summary>
internal sealed class GitHubTokenCheck(GitHubApi api, TimeProvider clock)
{
    private const string ExpiryHeader = "github-authentication-token-expiration";

    private static readonly TimeSpan ExpiryIsNear = TimeSpan.FromDays(14);

    public async Task<CredentialCheck> RunAsync(ConnectorCredentials credentials, CancellationToken cancellation)
    {
        var answer = await AskAsync(credentials, cancellation);
        var scopes = answer.HttpResponse.Headers.TryGetValue("X-OAuth-Scopes", out var listed)
            ? listed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : null;
        var warnings = new List<string>();
        var seen = await api.Open(credentials).Rest.GetAsync<List<JsonElement>>("user/repos?per_page=1", cancellation);
        if (seen.Rows.Count == 0 && seen.Headers.Contains("X-GitHub-SSO"))
        {
            throw new ConnectorException(
                ConnectorFault.SsoRequired,
                "The organization demands single sign-on, and the token is not authorized for it. On GitHub open Settings, Developer settings, "
                + "the token, Configure SSO, and authorize it.");
        }
        // Only classic tokens have scopes, an empty list of them included; fine-grained ones say nothing.
        if (scopes is null)
        {
            if (seen.Rows.Count == 0)
                warnings.Add("The token sees no repository. Give it access to repositories on GitHub; an organization may have to approve it first.");
        }
        else if (!scopes.Contains("repo", StringComparer.Ordinal))
        {
            warnings.Add("The token lacks the scope repo: private repositories stay invisible.");
        }
        if (ExpiryOf(answer.HttpResponse) is { } expiry && expiry - clock.GetUtcNow() < ExpiryIsNear)
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"The token expires on {expiry.UtcDateTime:yyyy-MM-dd}: make a new one before."));
        return new CredentialCheck(answer.Body.Login, warnings);
    }

    private async Task<IApiResponse<User>> AskAsync(ConnectorCredentials credentials, CancellationToken cancellation)
    {
        try
        {
            return await api.OpenOctokit(credentials).Get<User>(
                new Uri("user", UriKind.Relative), new Dictionary<string, string>(StringComparer.Ordinal), "application/vnd.github+json", cancellation);
        }
        catch (ApiException unexpected)
        {
            throw new ConnectorException(
                ConnectorFault.Malformed, "The address answers, but not as GitHub does. Check that it is GitHub's.", inner: unexpected);
        }
    }

    internal static DateTimeOffset? ExpiryOf(HttpResponseHeaders headers) =>
        headers.TryGetValues(ExpiryHeader, out var texts) ? ParseExpiry(texts.First()) : null;

    private static DateTimeOffset? ExpiryOf(IResponse response) =>
        response.Headers.TryGetValue(ExpiryHeader, out var text) ? ParseExpiry(text) : null;

    // "2026-12-01 10:00:00 UTC", or with an offset in place of UTC.
    private static DateTimeOffset? ParseExpiry(string text) =>
        DateTimeOffset.TryParse(
            text.Replace(" UTC", "Z", StringComparison.Ordinal), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiry)
            ? expiry
            : null;
}
