using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Veelocity.Web.Api;

/// <summary>
/// Writes every error of the API as RFC 9457 problem details with a stable <c>code</c>, whatever the caller accepts: a program
/// that asked for CSV can still read why it got none.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    public bool CanWrite(ProblemDetailsContext context) =>
        context.HttpContext.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        Complete(context.ProblemDetails, context.HttpContext);
        return new ValueTask(context.HttpContext.Response.WriteAsJsonAsync(
            context.ProblemDetails, context.ProblemDetails.GetType(), Json, "application/problem+json", context.HttpContext.RequestAborted));
    }

    public static void Complete(ProblemDetails problem, HttpContext context)
    {
        var status = problem.Status ??= context.Response.StatusCode;
        problem.Type ??= "about:blank";
        problem.Title ??= ReasonPhrases.GetReasonPhrase(status);
        problem.Detail ??= Problems.DetailOf(status);
        problem.Extensions.TryAdd("code", Problems.CodeOf(status));
        problem.Extensions.TryAdd("trace_id", Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier);
    }
}
