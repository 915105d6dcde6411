using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Organizations.Audit;
using Veelocity.Web.Organizations.Badges;
using Veelocity.Web.Organizations.Deletion;
using Veelocity.Web.Organizations.Export;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Organizations.Invitations;
using Veelocity.Web.Organizations.Mails;
using Veelocity.Web.Organizations.Tokens;

namespace Veelocity.Web.Organizations;

/// <summary>Registers who people are, what they belong to and what they may do there.</summary>
public static class OrganizationsModule
{
    public static IServiceCollection AddOrganizations(this IServiceCollection services)
    {
        services.AddIdentityAndSignIn();
        services.AddScoped<CurrentOrganization>();
        services.AddScoped<PeopleSight>();
        services.AddHttpContextAccessor();
        services.AddScoped<AuditLog>().AddScoped<AuditOrder>();
        services.AddScoped<ApiTokens>().AddScoped<BadgeAddresses>();
        services.AddScoped<OrganizationExport>().AddScoped<OrganizationDeletion>().AddScoped<AccountDeletion>();
        services.AddScoped<MyOrganizations>();
        services.AddScoped<MailQueue>().AddHostedService<MailWorker>();
        services.AddScoped<InvitationBook>().AddScoped<Acceptance>().AddScoped<Members>();
        services.AddScoped<OrganizationFounding>().AddScoped<OrganizationChanges>();
        services.AddScoped<IAuthorizationHandler, RequiresHandler>();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        // After everyone's: the framework's own setup replaces the collection, with all that was added before.
        services.PostConfigure<RazorPagesOptions>(options => options.Conventions.Add(new OrganizationPages()));
        services.Configure<MvcOptions>(options => options.Filters.Add<RequiresOnHandlers>());
        return services;
    }

    /// <summary>Who is it, for which organization, and may they? In this order, after routing.</summary>
    public static void UseOrganizations(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseMiddleware<BindOrganization>();
        app.UseAuthorization();
    }
}
