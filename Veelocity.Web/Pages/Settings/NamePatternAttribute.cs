using System.ComponentModel.DataAnnotations;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Accepts text that is a regular expression, which cannot be made to run for ever; says how to mend what it refuses.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NamePatternAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        NamePattern.ProblemOf(value as string) is { } problem ? new ValidationResult(problem, [validationContext.MemberName!]) : ValidationResult.Success;
}
