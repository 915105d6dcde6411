using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Veelocity.Web.Api;

/// <summary>
/// Checks the annotations of bodies and parameter records before a handler runs, and answers 422 with the fields that are wrong.
/// </summary>
internal sealed class ValidInput : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is null || argument.GetType().Namespace?.StartsWith("Veelocity.Web.Api", StringComparison.Ordinal) != true)
                continue;
            var wrong = new List<ValidationResult>();
            if (!Validator.TryValidateObject(argument, new ValidationContext(argument), wrong, validateAllProperties: true))
                return Problems.Invalid(wrong.SelectMany(result => result.MemberNames.Select(member => (member, result.ErrorMessage ?? "")))
                    .GroupBy(error => error.member, error => error.Item2)
                    .ToDictionary(field => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Key), field => field.ToArray()));
        }
        return await next(context);
    }
}
