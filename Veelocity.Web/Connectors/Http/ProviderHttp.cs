using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace Veelocity.Web.Connectors.Http;

/// <summary>The way to every provider: guarded addresses, few retries of what passes by itself, no waiting for limits.</summary>
internal static class ProviderHttp
{
    /// <summary>On a request that whoever sends it asks again for less when it is not answered whole: asking the same again would fail again.</summary>
    public static readonly HttpRequestOptionsKey<bool> IsRetriedSmaller = new("veelocity.smaller");

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Registers the client of that name; <typeparamref name="TRefusals"/> puts the provider's refusals into words.</summary>
    public static void AddProviderClient<TRefusals>(this IServiceCollection services, string name)
        where TRefusals : DelegatingHandler
    {
        services.AddTransient<TRefusals>();
        var client = services.AddHttpClient(name)
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(15),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ConnectCallback = provider.GetRequiredService<AddressGuard>().ConnectAsync,
            })
            .AddHttpMessageHandler<TRefusals>()
            .AddHttpMessageHandler<SameHostRedirects>();
        client.AddResilienceHandler(name, (pipeline, _) => pipeline
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromMilliseconds(300),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldRetryAfterHeader = false,
                ShouldHandle = arguments => ValueTask.FromResult(IsPassing(arguments.Context.GetRequestMessage(), arguments.Outcome)),
            })
            .AddTimeout(AttemptTimeout));
        client.AddHttpMessageHandler<MeteredHandler>();
    }

    private static bool IsPassing(HttpRequestMessage? request, Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: TimeoutRejectedException or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } } => !IsSmallerNext(request),
        { Exception: HttpRequestException { InnerException: not ConnectorException } } => true,
        { Result: { Headers.RetryAfter: null } response } => response.StatusCode switch
        {
            HttpStatusCode.RequestTimeout or HttpStatusCode.InternalServerError or HttpStatusCode.ServiceUnavailable => true,
            HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => request?.Method == HttpMethod.Get,
            _ => false,
        },
        _ => false,
    };

    private static bool IsSmallerNext(HttpRequestMessage? request) => request?.Options.TryGetValue(IsRetriedSmaller, out var smaller) == true && smaller;
}
