namespace Veelocity.Web.Organizations.Identity;

/// <summary>What an operator decides about accounts (<c>Veelocity:Registration</c>, <c>Veelocity:SignIn</c>).</summary>
public sealed record AccountOptions
{
    public const string Section = "Veelocity";
    public const string Open = "open", Invited = "invited";

    /// <summary>Who may make an account: everyone (<c>open</c>), or only who is invited.</summary>
    public string Registration { get; init; } = Open;

    public SignInOptions SignIn { get; init; } = new();
}

/// <summary>The ways to sign in beside a password and a passkey.</summary>
public sealed record SignInOptions
{
    public GitHubSignInOptions GitHub { get; init; } = new();
}

/// <summary>The OAuth app at GitHub or GitHub Enterprise Server that people sign in with; none without an id.</summary>
public sealed record GitHubSignInOptions
{
    public string? ClientId { get; init; }
    public string? ClientSecret { get; init; }
    public Uri BaseUrl { get; init; } = new("https://github.com/");

    public bool IsConfigured => !string.IsNullOrWhiteSpace(ClientId);

    /// <summary>Where its REST API is.</summary>
    public Uri ApiUrl => BaseUrl.Host == "github.com" ? new Uri("https://api.github.com/") : new Uri(BaseUrl, "/api/v3/");
}
