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
        // A checkbox is on or off. Whatever else was sent for one counts as off: there is no way to show it again.
        foreach (var checkbox in context.ActionDescriptor.BoundProperties.Where(p => p.ParameterType == typeof(bool)))
            if (context.ModelState[checkbox.Name]?.Errors.Count > 0) context.ModelState.Remove(checkbox.Name);
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
        if (context.Result is PageResult { StatusCode: null } page
            && !context.ModelState.IsValid
            && context.HttpContext.Response.StatusCode == StatusCodes.Status200OK // an error page has its own
            && HttpMethods.IsPost(context.HttpContext.Request.Method))
            page.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }
}
