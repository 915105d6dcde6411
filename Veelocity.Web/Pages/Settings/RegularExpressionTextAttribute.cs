using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Accepts text that is a regular expression, which cannot be made to run for ever.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RegularExpressionTextAttribute() : ValidationAttribute("This is not a regular expression. Example: ^(prod|production|live)")
{
    public override bool IsValid(object? value)
    {
        if (value is not string { Length: > 0 } text) return true;
        try
        {
            _ = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
