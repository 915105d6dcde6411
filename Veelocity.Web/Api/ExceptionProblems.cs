using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Api.Input;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Api;

/// <summary>Answers what handlers of the API throw: a refused rule, a body that cannot be read, or a bug.</summary>
internal sealed class ExceptionProblems(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            return false;
        var problem = exception switch
        {
            Refused refused => Problem(refused, context),
            BadHttpRequestException bad => Problem(bad, context),
            _ when SendersFault.IsUnstorable(exception) => new ProblemDetails { Status = StatusCodes.Status400BadRequest, Detail = "A text holds a character that cannot be stored, such as \\u0000." },
            _ when DatabaseAway.IsBehind(exception) => Away(context),
            _ => null, // a bug: the framework logs it and answers 500 through ProblemWriter
        };
        if (problem is null)
            return false;
        context.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }

    private static ProblemDetails Problem(Refused refused, HttpContext context)
    {
        if (refused.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var problem = refused.Field is { } field
            ? new HttpValidationProblemDetails(new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                [JsonNamingPolicy.SnakeCaseLower.ConvertName(field)] = [refused.Message],
            })
            { Title = null }
            : new ProblemDetails();
        (problem.Status, problem.Detail) = (refused.Status, refused.Message);
        problem.Extensions["code"] = refused.Code;
        return problem;
    }

    private static ProblemDetails Away(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "10";
        return new ProblemDetails { Status = StatusCodes.Status503ServiceUnavailable, Detail = DatabaseAway.Words, Extensions = { ["code"] = "database_unavailable" } };
    }

    private static ProblemDetails Problem(BadHttpRequestException bad, HttpContext context)
    {
        if (bad.InnerException is not JsonException { Path: { } path } json)
        {
            var isUnreadable = bad.StatusCode == StatusCodes.Status400BadRequest;
            return new() { Status = bad.StatusCode, Detail = isUnreadable ? "Send a JSON object as the body." : null };
        }
        // A syntax error has the reader's own exception inside; everything else is JSON of another shape.
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        if (json.InnerException is not JsonException
            && endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } body
            && BodyProblem.Of(body, path) is { } wrong)
        {
            return Problems.InvalidDetails(
                new Dictionary<string, string[]>(StringComparer.Ordinal) { [wrong.Field] = [wrong.Problem] });
        }
        return new() { Status = bad.StatusCode, Detail = $"The body isn't the JSON that this operation takes, at {path}." };
    }
}
