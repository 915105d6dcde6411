using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Veelocity.Web.Pages;

/// <summary>What a browser shows in place of a page that it could not reach; the same for everyone.</summary>
[AllowAnonymous]
internal sealed class OfflineModel : PageModel;
