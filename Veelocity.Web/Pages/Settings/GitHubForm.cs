using System.ComponentModel.DataAnnotations;

namespace Veelocity.Web.Pages.Settings;

/// <summary>What is asked for to connect GitHub.</summary>
internal sealed class GitHubForm : IValidatableObject
{
    [Required(ErrorMessage = "Paste a token."), StringLength(1000), Display(Name = "Token")]
    public string Token { get; set; } = "";

    [StringLength(300), Display(Name = "Base address")]
    public string? BaseUrl { get; set; }

    [StringLength(100_000), Display(Name = "Repositories")]
    public string? Repositories { get; set; }

    /// <summary>Null for the configured default. Validation reads it before the text is known to be an address.</summary>
    public Uri? Address => Uri.TryCreate(BaseUrl?.Trim(), UriKind.Absolute, out var address) ? address : null;

    public IReadOnlyList<string> RepositoryNames => [.. (Repositories ?? "").Split(['\n', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(BaseUrl) && Address?.Scheme is not ("https" or "http"))
            yield return new ValidationResult("Give the whole address of the API, such as https://github.example.com/api/v3.", [nameof(BaseUrl)]);
        if (RepositoryNames.FirstOrDefault(name => name.Split('/') is not [{ Length: > 0 }, { Length: > 0 }]) is { } wrong)
            yield return new ValidationResult($"'{wrong}' is no full name of a repository. Write owner/name, one a line.", [nameof(Repositories)]);
    }
}
