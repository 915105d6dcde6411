using Microsoft.Extensions.Options;
using Veelocity.Web.Connectors.GitHub;
using Veelocity.Web.Connectors.GitHubActions;
using Veelocity.Web.Connectors.Http;
using Veelocity.Web.Connectors.Linear;
using Veelocity.Web.Connectors.Slack;

namespace Veelocity.Web.Connectors;

/// <summary>Registers the connectors; a new one is one line here.</summary>
public static class ConnectorsModule
{
    public static IServiceCollection AddConnectors(this IServiceCollection services)
    {
        services.AddOptions<ConnectorsOptions>()
            .BindConfiguration("Connectors")
            .Validate(
                options => options.OperatorAddresses.All(address => address is { IsAbsoluteUri: true, Scheme: "http" or "https" }),
                "Connectors:GitHub:BaseUrl, Connectors:Slack:BaseUrl and Connectors:Linear:BaseUrl have to be whole addresses such as https://api.github.com/.")
            .Validate(
                options => (options.Slack.ClientId is null) == (options.Slack.ClientSecret is null),
                "Connectors:Slack:ClientId and Connectors:Slack:ClientSecret belong together.")
            .Validate(
                options => options.PublicUrl is null or { IsAbsoluteUri: true, Scheme: "http" or "https" },
                "Connectors:PublicUrl has to be a whole address such as https://veelocity.example.com.")
            .ValidateOnStart();
        services.AddSingleton<AddressGuard>();
        services.AddSingleton<ProviderBudgetMeter>().AddTransient<MeteredHandler>();
        services.AddTransient<SameHostRedirects>();
        services.AddProviderClient<GitHubRefusalHandler>(GitHubApi.ClientName);
        services.AddSingleton<GitHubApi>();
        services.AddSingleton<GitHubTokenCheck>();
        services.AddProviderClient<SlackRefusalHandler>(SlackApi.ClientName);
        services.AddSingleton<SlackApi>();
        services.AddProviderClient<LinearRefusalHandler>(LinearApi.ClientName);
        services.AddSingleton<LinearApi>();

        services.AddSingleton<IConnector, GitHubConnector>();
        services.AddSingleton<IConnector, GitHubActionsConnector>();
        services.AddSingleton<IConnector, SlackConnector>();
        services.AddSingleton<IConnector, LinearConnector>();
        services.AddSingleton<IWebhookSource, GitHubWebhooks>();
        services.AddSingleton<IWebhookSource, SlackWebhooks>();
        services.AddSingleton<IWebhookSource, LinearWebhooks>();
        services.AddSingleton<ConnectorCatalog>();
        return services;
    }
}
