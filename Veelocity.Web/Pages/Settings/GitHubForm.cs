using System.ComponentModel.DataAnnotations;
using Veelocity.Web.Data;

namespace Veelocity.Web.Pages.Settings;

/// <summary>What is asked for to connect GitHub.</summary>
internal sealed class GitHubForm : IValidatableObject
{
    [Required(ErrorMessage = "Paste a token."), StringLength(1000), Display(Name = "Token")]
    public string Token { get; set; } = "";

    /// <summary>Empty for the public GitHub; null, when it is not sent at all, for the address as it is.</summary>
    [StringLength(300), Display(Name = "Base address"), DisplayFormat(ConvertEmptyStringToNull = false)]
    public string? BaseUrl { get; set; }

    /// <summary>Empty for all that the token sees; null, when it is not sent at all, for the selection as it is.</summary>
    [StringLength(100_000), Display(Name = "Repositories"), DisplayFormat(ConvertEmptyStringToNull = false)]
    public string? Repositories { get; set; }

    public IReadOnlyList<string>? RepositoryNames => Repositories is null
        ? null
        : [.. Repositories.Split(['\r', '\n', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Shows what a new token does not change.</summary>
    public void Show(Connection connection)
    {
        BaseUrl ??= connection.BaseUrl;
        Repositories ??= connection.SelectedRepositories is { } chosen ? string.Join('\n', chosen) : null;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(BaseUrl) && !(Uri.TryCreate(BaseUrl.Trim(), UriKind.Absolute, out var address) && address.Scheme is ("https" or "http")))
            yield return new ValidationResult("Give the whole address of the API, such as https://github.example.com/api/v3.", [nameof(BaseUrl)]);
        if (RepositoryNames?.FirstOrDefault(name => name.Split('/') is not [{ Length: > 0 }, { Length: > 0 }]) is { } wrong)
            yield return new ValidationResult($"'{wrong}' is no full name of a repository. Write owner/name, one a line.", [nameof(Repositories)]);
    }
}
