using System.Diagnostics;

namespace Veelocity.Web.Connectors.Http;

/// <summary>Next to the wire: counts and logs each request, and reads its answer whole, so that retries cover a body that breaks off; text that cannot be stored is dropped here.</summary>
internal sealed partial class MeteredHandler(ProviderBudgetMeter budgets, ILogger<MeteredHandler> logger) : DelegatingHandler
{
    private const long LargestBody = 64 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(RequestMeter.Key, out var meter))
            meter.CountRequest();
        var started = Stopwatch.GetTimestamp();
        var response = await base.SendAsync(request, cancellationToken);
        budgets.Note(request.RequestUri?.Host, response.Headers);
        try
        {
            await response.Content.LoadIntoBufferAsync(LargestBody, cancellationToken);
            response.Content = await JsonText.CleanAsync(response.Content, cancellationToken);
        }
        catch
        {
            response.Dispose();
            throw;
        }
        var elapsed = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        LogAnswer(request.Method, request.RequestUri?.Host, request.RequestUri?.AbsolutePath, (int)response.StatusCode, elapsed);
        return response;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} {Host}{Path} answered {Status} in {Milliseconds} ms")]
    private partial void LogAnswer(HttpMethod method, string? host, string? path, int status, long milliseconds);
}
