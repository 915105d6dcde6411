using System.ComponentModel.DataAnnotations;

namespace Veelocity.Web.Platform.Patterns;

/// <summary>Accepts text that is a regular expression, which cannot be made to run for ever; says how to mend what it refuses.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NamePatternAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        NamePattern.ProblemOf(value as string) is { } problem ? new ValidationResult(problem, [validationContext.MemberName!]) : ValidationResult.Success;
}
