using Polly.Timeout;

namespace Veelocity.Web.Connectors.Http;

/// <summary>Puts into words why a provider could not be reached at all.</summary>
internal static class ProviderReach
{
    public static async Task<HttpResponseMessage> AsAsync(HttpRequestMessage request, Func<Task<HttpResponseMessage>> send)
    {
        var host = request.RequestUri?.Host;
        try
        {
            return await send();
        }
        catch (HttpRequestException failure) when (failure.InnerException is ConnectorException refused)
        {
            throw new ConnectorException(refused.Fault, refused.Message, inner: failure);
        }
        catch (HttpRequestException failure)
        {
            var how = failure.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => "its name is not known",
                HttpRequestError.SecureConnectionError => "its certificate is not trusted",
                HttpRequestError.ConnectionError => "it does not accept connections",
                HttpRequestError.ResponseEnded => "its answers break off",
                _ => "the connection broke off",
            };
            throw new ConnectorException(
                ConnectorFault.Unreachable, $"{host} could not be reached: {how}. Check the address and the network.", inner: failure);
        }
        catch (TimeoutRejectedException failure)
        {
            throw new ConnectorException(ConnectorFault.Unreachable, $"{host} did not answer in time.", inner: failure);
        }
    }
}
