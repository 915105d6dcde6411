using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly.Timeout;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors;

/// <summary>
/// Asks one GraphQL address, by one policy for every question: what is not answered whole (502, 504, timeout, cut off, or in part) is
/// asked again for less at a time (<see cref="PageSize"/>). An answer with any error in it is a failure as a whole: what came along
/// is partial and would pass for complete.
/// </summary>
internal sealed class GraphQlClient(
    HttpClient http,
    Uri address,
    AuthenticationHeaderValue authorization,
    RequestMeter meter,
    Func<GraphQlRefusal, Exception> explain,
    TimeProvider clock)
{
    /// <summary>Asks what has no smaller form to ask it in.</summary>
    public Task<GraphQlReply<T>> AskAsync<T>(GraphQlDocument document, object variables, CancellationToken cancellation)
        where T : GraphQlData => AskAsync<T>(document, new PageSize(1, 1, clock), _ => variables, cancellation);

    /// <summary>Asks for a page.</summary>
    /// <param name="variables">By how many rows are asked for.</param>
    public Task<GraphQlReply<T>> AskAsync<T>(
        GraphQlDocument document, PageSize size, Func<int, object> variables, CancellationToken cancellation)
        where T : GraphQlData => size.RetryAsync(rows => TryAsync<T>(document, variables(rows), cancellation), cancellation);

    private async Task<GraphQlReply<T>> TryAsync<T>(GraphQlDocument document, object variables, CancellationToken cancellation)
        where T : GraphQlData
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = JsonContent.Create(
                new { query = document.Text, variables, operationName = document.Name }, options: ProviderJson.Camel),
        };
        request.Headers.Authorization = authorization;
        request.Options.Set(RequestMeter.Key, meter);
        request.Options.Set(ProviderHttp.IsRetriedSmaller, value: true);

        using var response = await SendAsync(request, cancellation);
        var answer = await ReadAsync<T>(response, cancellation);
        meter.CountPoints(answer.Data?.Points ?? 0);
        if (answer.Errors is { Count: > 0 } errors)
            throw explain(new GraphQlRefusal(errors, response.Headers));
        if (answer.Data is null)
            throw new TooHeavyException($"{address.Host} answered {document.Name} without data. We'll retry automatically.");
        return new GraphQlReply<T>(answer.Data, response.Headers.Date ?? clock.GetUtcNow());
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(request, cancellation);
        }
        catch (ConnectorException failure) when (failure.InnerException
            is HttpRequestException { StatusCode: HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout }
            or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
            or HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: IOException }
            or TimeoutRejectedException)
        {
            throw new TooHeavyException(failure.Message, failure.InnerException);
        }
    }

    private async Task<Answer<T>> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            var answer = await response.Content.ReadFromJsonAsync<Answer<JsonElement>>(ProviderJson.Camel, cancellation)
                ?? throw new JsonException("null");
            // With errors the data may lack what its type promises; only its cost is of use then.
            if (answer.Data.ValueKind != JsonValueKind.Object)
                return new Answer<T>(default, answer.Errors);
            return new Answer<T>(answer.Data.Deserialize<T>(ProviderJson.Camel), answer.Errors);
        }
        catch (JsonException problem)
        {
            throw new TooHeavyException($"{address.Host} is sending answers that can't be read. We'll retry automatically.", problem);
        }
    }

    private sealed record Answer<T>(T? Data, IReadOnlyList<GraphQlError>? Errors);
}

/// <summary>What an answer holds, as the provider's own records; knows what it cost where the provider counts points.</summary>
internal abstract record GraphQlData
{
    [System.Text.Json.Serialization.JsonIgnore]
    public virtual int Points => 0;
}

/// <summary>An answer and the provider's clock when it was given.</summary>
internal sealed record GraphQlReply<T>(T Data, DateTimeOffset At);

/// <summary>One of the errors of an answer, as GitHub (<see cref="Type"/>) and Linear (<see cref="Extensions"/>) shape it.</summary>
internal sealed record GraphQlError(string? Message, string? Type, JsonElement Path, JsonElement Extensions);

/// <summary>What a provider refused with, for the provider's own rules to explain.</summary>
internal sealed record GraphQlRefusal(IReadOnlyList<GraphQlError> Errors, HttpResponseHeaders Headers);
