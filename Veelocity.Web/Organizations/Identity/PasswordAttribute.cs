using System.ComponentModel.DataAnnotations;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>The password rule: long, and nothing else, because length is what makes guessing expensive.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PasswordAttribute() : ValidationAttribute("Use at least 12 characters, 256 at most; a few words are easy to remember.")
{
    public const int MinimumLength = 12;
    private const int MaximumLength = 256;

    public override bool IsValid(object? value) =>
        value is null or "" || value is string { Length: >= MinimumLength and <= MaximumLength };
}
