using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Security;

/// <summary>One thing the app can be asked: a verb and an address, on pages with a handler's name.</summary>
/// <param name="Pattern">The address with its parameters: <c>/o/{slug}/changes/{id:guid}</c>.</param>
/// <param name="Fields">What a form of it is filled with, or its body, is filled with.</param>
internal sealed partial record OneRoute(string Verb, string Pattern, string? Handler, bool IsApi, IReadOnlyList<string> Fields)
{
    /// <summary>As the table names it.</summary>
    public string Name => Handler is null ? $"{Verb} {Pattern}" : $"{Verb} {Pattern}?handler={Handler}";

    public bool OnlyReads => Verb == "GET";

    public bool IsRazorPage { get; init; }

    /// <summary>The parameters but for the one that says which organization.</summary>
    public IEnumerable<string> Parameters => Parameter().Matches(Pattern).Select(m => m.Groups["name"].Value).Where(name => !NamesOrganization(name));

    /// <param name="value">What stands for each parameter, by its name and constraint.</param>
    public string Address(string slug, Guid organizationId, Func<string, string, string> value)
    {
        var path = Parameter().Replace(Pattern, match =>
        {
            var name = match.Groups["name"].Value;
            if (name == "handler") return "";
            return name == "slug" ? slug : NamesOrganization(name) ? organizationId.ToString() : Uri.EscapeDataString(value(name, match.Groups["rest"].Value));
        });
        if (Handler is null) return path;
        // Pages that take the handler's name in the path know it under no other.
        return Pattern.Contains("{handler", StringComparison.Ordinal) ? $"{path.TrimEnd('/')}/{Handler.ToLowerInvariant()}" : $"{path}?handler={Handler}";
    }

    private bool NamesOrganization(string name) => name == "slug" || name == "id" && Pattern.StartsWith("/api/v1/organizations/{id}", StringComparison.Ordinal);

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)(?<rest>[^}]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}

/// <summary>Everything the app can be asked, read from the app itself, so that nothing new is forgotten.</summary>
internal static class EveryRoute
{
    public static async Task<IReadOnlyList<OneRoute>> OfAsync(TestApp app) =>
        [.. Endpoints(app).Concat(await PagesAsync(app)).DistinctBy(route => route.Name).OrderBy(route => route.Name, StringComparer.Ordinal)];

    /// <summary>API operations and what else is no page; files that are the same for everyone are left out.</summary>
    private static IEnumerable<OneRoute> Endpoints(TestApp app) =>
        from endpoint in app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null && endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null
        let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        from verb in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        where verb is not ("HEAD" or "OPTIONS")
        let body = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType
        select new OneRoute(
            verb, pattern, null, pattern.StartsWith("/api/", StringComparison.Ordinal),
            [.. body?.GetProperties().Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name)) ?? []]);

    private static async Task<IEnumerable<OneRoute>> PagesAsync(TestApp app)
    {
        var loader = app.Services.GetRequiredService<PageLoader>();
        var routes = new List<OneRoute>();
        foreach (var page in app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            var loaded = await loader.LoadAsync(page, Microsoft.AspNetCore.Http.EndpointMetadataCollection.Empty);
            var pattern = "/" + page.AttributeRouteInfo!.Template!.Trim('/');
            var bound = loaded.BoundProperties.Select(p => p.Name).ToList();
            routes.Add(new OneRoute("GET", pattern, null, IsApi: false, bound) { IsRazorPage = true });
            routes.AddRange(loaded.HandlerMethods.Where(h => h is not { HttpMethod: "GET", Name: null or "" })
                .Select(h => new OneRoute(h.HttpMethod.ToUpperInvariant(), pattern, string.IsNullOrEmpty(h.Name) ? null : h.Name, IsApi: false, [.. bound, .. h.Parameters.Select(p => p.Name)]) { IsRazorPage = true }));
        }
        return routes;
    }
}
