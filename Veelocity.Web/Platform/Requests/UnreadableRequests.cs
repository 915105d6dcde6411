using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;

namespace Veelocity.Web.Platform.Requests;

/// <summary>
/// Rejects requests that no route can read, before anyone is asked to sign in: an unknown address of the API, or a
/// blank in a path (404), U+0000 in a page's query (400), a method the address doesn't have (405), a body of the wrong
/// kind (415).
/// </summary>
internal sealed class UnreadableRequests(RequestDelegate next)
{
    private const string Json = "application/json", Form = "application/x-www-form-urlencoded";

    private static readonly PathString Api = "/api";

    public Task InvokeAsync(HttpContext context)
    {
        // The page that shows the answer is drawn for the same request.
        if (context.Features.Get<FailedRequest>() is not null) return next(context);
        var endpoint = context.GetEndpoint();
        var isApi = context.Request.Path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase);
        if (endpoint is null && isApi) return Answer(context, StatusCodes.Status404NotFound);
        // PostgreSQL can't take it in any text. The API answers which parameter has it.
        if (!isApi && context.Request.Query.Any(one => $"{one.Key}{one.Value}".Contains('\0', StringComparison.Ordinal)))
            return Answer(context, StatusCodes.Status400BadRequest);
        // Routing puts an endpoint of its own in place when the method or the content type doesn't fit.
        if (endpoint is not null and not RouteEndpoint) return endpoint.RequestDelegate!(context);
        // A blank in the path binds to nothing at all.
        if (context.Request.RouteValues.Values.Any(value => value is string text && string.IsNullOrWhiteSpace(text)))
            return Answer(context, StatusCodes.Status404NotFound);
        return endpoint is null || CanRead(endpoint, context)
            ? next(context)
            : Answer(context, StatusCodes.Status415UnsupportedMediaType);
    }

    private static bool CanRead(Endpoint endpoint, HttpContext context)
    {
        var hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { } json)
            return hasBody ? IsOf(Json, context) : json.IsOptional || context.Request.ContentType is not null;
        return !hasBody || endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null || IsOf(Form, context);
    }

    /// <summary>
    /// In UTF-8: other character sets can't be told from a mistake, and .NET doesn't know all of them.
    /// </summary>
    private static bool IsOf(string type, HttpContext context) =>
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var sent)
        && sent.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)
        && (sent.Charset.Length == 0
            || HeaderUtilities.RemoveQuotes(sent.Charset)
                .Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase));

    private static Task Answer(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
