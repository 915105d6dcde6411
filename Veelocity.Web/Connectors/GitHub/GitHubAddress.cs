namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Where one GitHub has its two APIs: github.com, a tenant of ghe.com, or a server of the customer's own.</summary>
internal sealed record GitHubAddress(Uri Rest, Uri GraphQl)
{
    /// <summary>From the address people know it by, such as <c>https://github.example.com</c>.</summary>
    public static GitHubAddress OfHost(Uri typed)
    {
        var host = typed.IdnHost;
        if (host is "github.com" or "www.github.com" or "api.github.com")
            return OfApi(new Uri("https://api.github.com/"));
        if (host.EndsWith(".ghe.com", StringComparison.OrdinalIgnoreCase))
            return OfApi(new Uri($"https://{(host.StartsWith("api.", StringComparison.OrdinalIgnoreCase) ? host : $"api.{host}")}/"));
        var root = typed.GetLeftPart(UriPartial.Authority);
        return new GitHubAddress(new Uri($"{root}/api/v3/"), new Uri($"{root}/api/graphql"));
    }

    /// <summary>From the address of the API itself, as the operator configures it.</summary>
    public static GitHubAddress OfApi(Uri api)
    {
        var root = api.AbsoluteUri.TrimEnd('/');
        return root.EndsWith("/api/v3", StringComparison.OrdinalIgnoreCase)
            ? new GitHubAddress(new Uri($"{root}/"), new Uri($"{root[..^"/v3".Length]}/graphql"))
            : new GitHubAddress(new Uri($"{root}/"), new Uri($"{root}/graphql"));
    }
}
