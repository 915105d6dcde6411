using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.WebEncoders;
using Veelocity.Web.Pages.Badges;
using Veelocity.Web.Pages.Dashboard;
using Veelocity.Web.Pages.Explain;
using Veelocity.Web.Pages.Settings;
using Veelocity.Web.Pages.Shared;

namespace Veelocity.Web.Pages;

/// <summary>Registers the pages and their conventions.</summary>
public static class PagesModule
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorPages();
        services.AddScoped<Shell>();
        services.AddScoped<PageFilterReader>();
        services.AddScoped<DoraCards>();
        services.AddScoped<BadgeNumbers>();
        services.AddScoped<QualityNotes>();
        services.AddScoped<ExplainedRows>();
        services.AddHybridCache();
        services.AddScoped<Attention>();
        services.AddScoped<SyncProgress>().AddScoped<ConnectionTest>();
        services.AddSingleton<ProviderSignIn>();
        services.AddScoped<RulePreviews>();
        services.AddScoped<BuildFindings>();
        services.AddScoped<MemberList>();
        services.AddScoped<AuditSubjects>();
        // People's names and titles come in every script; escaping all but Latin would only make pages larger.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapBadges();
        app.MapRazorPages().WithStaticAssets();
    }
}
