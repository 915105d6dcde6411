using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Veelocity.Web.Api.Input;

namespace Veelocity.Web.Api;

/// <summary>
/// Checks the annotations and contents of bodies and parameter records before a handler runs, and answers 422 with the fields that
/// are wrong.
/// </summary>
internal sealed class ValidInput : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is null || argument.GetType().Namespace?.StartsWith("Veelocity.Web.Api", StringComparison.Ordinal) != true)
                continue;
            // Contents first: validators may rely on them.
            var contents = BodyContents.ProblemsOf(argument).ToList();
            if (contents.Count > 0) return Problems.Invalid(ByField(contents));
            var wrong = new List<ValidationResult>();
            if (!Validator.TryValidateObject(argument, new ValidationContext(argument), wrong, validateAllProperties: true))
                return Problems.Invalid(ByField(wrong.SelectMany(result => result.MemberNames.Select(member =>
                    (JsonNamingPolicy.SnakeCaseLower.ConvertName(member), result.ErrorMessage ?? "")))));
        }
        return await next(context);
    }

    private static Dictionary<string, string[]> ByField(IEnumerable<(string Field, string Problem)> problems) =>
        problems.GroupBy(p => p.Field, p => p.Problem, StringComparer.Ordinal).ToDictionary(field => field.Key, field => field.ToArray(), StringComparer.Ordinal);
}
