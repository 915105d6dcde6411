using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Veelocity.Web.Platform.Forms;

/// <summary>A form that is shown again because its input was wrong answers 422, without each page having to remember.</summary>
internal sealed class InvalidPageFilter : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
        if (context.Result is PageResult { StatusCode: null } page
            && !context.ModelState.IsValid
            && HttpMethods.IsPost(context.HttpContext.Request.Method))
            page.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }
}
