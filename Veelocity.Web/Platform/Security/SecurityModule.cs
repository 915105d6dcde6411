using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Veelocity.Web.Platform.Security;

/// <summary>Another site to which a form of ours leads by a redirect; browsers ask the content security policy about those too.</summary>
/// <param name="Origin">Empty for none.</param>
public sealed record FormTarget(string Origin);

/// <summary>Registers the app's defences: response headers, trusted proxies, cookies, rate limits.</summary>
internal static class SecurityModule
{
    /// <summary>No form and no API body comes near; the webhooks' endpoint has a limit of its own.</summary>
    private const long LargestBody = 1024 * 1024;

    /// <summary>The headers of pictures that are shown on other sites, by the name under which an endpoint asks for them.</summary>
    public const string Picture = "picture";

    public static void AddSecurity(this IServiceCollection services)
    {
        services.AddOptions<SecurityOptions>().BindConfiguration(SecurityOptions.Section).ValidateDataAnnotations()
            .Validate(options => options.TrustedProxies.All(proxy => IPNetwork.TryParse(AsNetwork(proxy), out _)),
                "Veelocity:Security:TrustedProxies must hold addresses or networks, such as 10.0.0.0/8.")
            .ValidateOnStart();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<SecurityOptions>>((forwarded, security) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            foreach (var proxy in security.Value.TrustedProxies)
                forwarded.KnownIPNetworks.Add(IPNetwork.Parse(AsNetwork(proxy)));
        });
        services.Configure<KestrelServerOptions>(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = LargestBody;
        });
        services.AddSecurityHeaderPolicies().AddPolicy(Picture, OfPicture());
        services.AddRateLimits();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "veelocity-form";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<CookieTempDataProviderOptions>(options =>
        {
            options.Cookie.Name = "veelocity-flash";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
    }

    public static void UseSecurity(this WebApplication app)
    {
        app.UseForwardedHeaders();
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
        app.UseSecurityHeaders(Headers(app.Services.GetServices<FormTarget>()));
    }

    /// <summary>For a picture that other sites show: opened by itself it may load and do nothing.</summary>
    private static HeaderPolicyCollection OfPicture() => new HeaderPolicyCollection()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyNoReferrer()
        .AddCrossOriginResourcePolicy(resource => resource.CrossOrigin())
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().None();
            csp.AddFrameAncestors().None();
        });

    private static HeaderPolicyCollection Headers(IEnumerable<FormTarget> targets) => new HeaderPolicyCollection()
        .AddFrameOptionsDeny()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyStrictOriginWhenCrossOrigin()
        .AddCrossOriginOpenerPolicy(opener => opener.SameOrigin())
        .AddCrossOriginResourcePolicy(resource => resource.SameOrigin())
        .AddPermissionsPolicy(permissions =>
        {
            permissions.AddCamera().None();
            permissions.AddMicrophone().None();
            permissions.AddGeolocation().None();
            permissions.AddPayment().None();
            permissions.AddUsb().None();
        })
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().Self();
            csp.AddImgSrc().Self().Data().From("https://avatars.githubusercontent.com");
            csp.AddStyleSrc().Self();
            csp.AddScriptSrc().Self();
            csp.AddWorkerSrc().Self();
            csp.AddManifestSrc().Self();
            csp.AddFrameAncestors().None();
            csp.AddBaseUri().Self();
            var forms = csp.AddFormAction().Self();
            foreach (var target in targets.Where(target => target.Origin.Length > 0)) forms.From(target.Origin);
            csp.AddObjectSrc().None();
        });

    private static string AsNetwork(string proxy) =>
        proxy.Contains('/') ? proxy : IPAddress.TryParse(proxy, out var address) ? $"{address}/{address.GetAddressBytes().Length * 8}" : proxy;
}
