using Microsoft.AspNetCore.Diagnostics;

namespace Veelocity.Web.Platform.Requests;

/// <summary>
/// Shows an error page as for a GET without a body, whatever the request was: its body may be what can't be read, and
/// Razor Pages answers OPTIONS with a 200.
/// </summary>
internal sealed class ErrorPageRequests(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsForErrorPage(context))
        {
            await next(context);
            return;
        }
        var request = context.Request;
        var failed = new FailedRequest(request.Method);
        var contentType = request.ContentType;
        context.Features.Set(failed);
        if (!HttpMethods.IsHead(request.Method)) request.Method = HttpMethods.Get;
        request.ContentType = null;
        try
        {
            await next(context);
        }
        finally
        {
            // Logs and metrics count the request as it was sent.
            (request.Method, request.ContentType) = (failed.Method, contentType);
            context.Features.Set<FailedRequest>(null);
        }
    }

    private static bool IsForErrorPage(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null
        || context.Features.Get<IExceptionHandlerFeature>() is not null;
}

/// <summary>Feature of a request while its error page is drawn: how it was sent.</summary>
internal sealed record FailedRequest(string Method);
