using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Veelocity.Web.Platform.Requests;

/// <summary>
/// Answers 404 to a page handler that doesn't exist and 405 to a method the page has no handler for. Razor Pages
/// would run another
/// handler, or draw the page without any.
/// </summary>
internal sealed class KnownHandlers : IAuthorizationFilter, IOrderedFilter
{
    private const string Handler = "handler";

    /// <summary>Before the check of form tokens, which would answer 400 instead.</summary>
    public int Order => int.MinValue;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        if (context.ActionDescriptor is not CompiledPageActionDescriptor page) return;
        // The handler was asked of the page that failed.
        if (context.HttpContext.Features.Get<FailedRequest>() is not null) return;
        var method = HttpMethods.IsHead(context.HttpContext.Request.Method)
            ? HttpMethods.Get
            : context.HttpContext.Request.Method;
        var named = NameOf(context);
        var handlers = page.HandlerMethods.Where(h => string.Equals(h.Name ?? "", named,
            StringComparison.OrdinalIgnoreCase)).ToList();
        // A page that only shows something may have no handler at all.
        if (named.Length == 0 && HttpMethods.IsGet(method)) return;
        if (handlers.Exists(h => h.HttpMethod.Equals(method, StringComparison.OrdinalIgnoreCase))) return;
        if (handlers.Count == 0 && named.Length > 0)
        {
            context.Result = new NotFoundResult();
            return;
        }
        context.HttpContext.Response.Headers.Allow = string.Join(", ",
            handlers.Select(h => h.HttpMethod.ToUpperInvariant())
            .Concat(named.Length == 0
                ? [HttpMethods.Get, HttpMethods.Head]
                : []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
    }

    private static string NameOf(AuthorizationFilterContext context) =>
        Convert.ToString(context.RouteData.Values[Handler],
            System.Globalization.CultureInfo.InvariantCulture) is { Length: > 0 } inPath
            ? inPath
            : context.HttpContext.Request.Query[Handler].ToString();
}
