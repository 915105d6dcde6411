using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Veelocity.Web.Platform.Forms;

/// <summary>Turns a <see cref="Platform.Refused"/> thrown by a page's handler into a flash, and goes back to where the form was.</summary>
internal sealed class RefusedPageFilter(ITempDataDictionaryFactory data) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var executed = await next();
        // A refused GET has nowhere to go back to: redirecting to itself would never end.
        if (executed.Exception is not Refused refused || HttpMethods.IsGet(context.HttpContext.Request.Method))
            return;
        executed.ExceptionHandled = true;
        Flash.Refused(data.GetTempData(context.HttpContext), refused.Message);
        executed.Result = new LocalRedirectResult(WhereTheFormWas(context.HttpContext.Request));
    }

    private static string WhereTheFormWas(HttpRequest request)
    {
        var cameFrom = request.GetTypedHeaders().Referer;
        return cameFrom is not null && cameFrom.IsAbsoluteUri && cameFrom.Authority == request.Host.Value
            && cameFrom.PathAndQuery.Length > 1 && cameFrom.PathAndQuery[1] != '/'
            ? cameFrom.PathAndQuery
            : request.PathBase + request.Path;
    }
}
