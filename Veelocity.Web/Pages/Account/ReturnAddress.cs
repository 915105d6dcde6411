using Microsoft.AspNetCore.Mvc;

namespace Veelocity.Web.Pages.Account;

/// <summary>Where a person wanted to go before they had to sign in; never to another site.</summary>
internal static class ReturnAddress
{
    public static string Within(this IUrlHelper url, string? returnUrl) => url.IsLocalUrl(returnUrl) ? returnUrl : "/";
}
