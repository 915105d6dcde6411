using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Veelocity.Web.Connectors.Http;

/// <summary>
/// Next to the wire: counts and logs each request, and reads its answer whole, so that retries cover a body that breaks off. Text that
/// cannot be stored is dropped here.
/// </summary>
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
            if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true
                && IsCutOff(await response.Content.ReadAsByteArrayAsync(cancellationToken)))
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The JSON of the answer breaks off.");
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

    // What is no JSON at all is not cut off: whoever reads it says so.
    private static bool IsCutOff(ReadOnlySpan<byte> body)
    {
        var text = body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
        if (text.IsEmpty) return false;
        try
        {
            var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
            while (reader.Read()) { }
            return reader.CurrentDepth > 0 || reader.TokenType is JsonTokenType.None or JsonTokenType.StartObject or JsonTokenType.StartArray;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} {Host}{Path} answered {Status} in {Milliseconds} ms")]
    private partial void LogAnswer(HttpMethod method, string? host, string? path, int status, long milliseconds);
}
