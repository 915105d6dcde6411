using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Veelocity.Web.Organizations;

/// <summary>Makes <see cref="RequiresAttribute"/> work on a single handler of a page, which the framework's own check never reads.</summary>
internal sealed class RequiresOnHandlers(IAuthorizationService authorization) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        RequiresAttribute[] required = [.. context.HandlerMethod?.MethodInfo.GetCustomAttributes<RequiresAttribute>() ?? []];
        if (required.Length == 0 || (await authorization.AuthorizeAsync(context.HttpContext.User, resource: null, required)).Succeeded)
            await next();
        else
            context.Result = new ForbidResult();
    }
}
