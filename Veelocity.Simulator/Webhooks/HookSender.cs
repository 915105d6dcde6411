using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Veelocity.Simulator.Webhooks;

/// <summary>Posts one delivery the way GitHub does: its headers, its signature over the raw body, ten seconds to answer.</summary>
internal sealed class HookSender(DeliveryLog log) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };

    public async Task Send(Hook hook, HookDelivery delivery, long targetId)
    {
        var body = Encoding.UTF8.GetBytes(hook.ContentType == HookContent.Json ? delivery.Body : "payload=" + Uri.EscapeDataString(delivery.Body));
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(hook.ContentType == HookContent.Json ? "application/json" : "application/x-www-form-urlencoded");
        var headers = request.Headers;
        headers.TryAddWithoutValidation("User-Agent", "GitHub-Hookshot/5e1c2d3");
        headers.TryAddWithoutValidation("Accept", "*/*");
        headers.TryAddWithoutValidation("X-GitHub-Event", delivery.Event);
        headers.TryAddWithoutValidation("X-GitHub-Delivery", delivery.Guid.ToString());
        headers.TryAddWithoutValidation("X-GitHub-Hook-ID", Text(hook.Id));
        headers.TryAddWithoutValidation("X-GitHub-Hook-Installation-Target-ID", Text(targetId));
        headers.TryAddWithoutValidation("X-GitHub-Hook-Installation-Target-Type", hook.Repository is null ? "organization" : "repository");
        headers.TryAddWithoutValidation("X-Hub-Signature-256", "sha256=" + Signature(hook.HasWrongSignature ? hook.Secret + "?" : hook.Secret, body));
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await _http.SendAsync(request);
            log.Answered(delivery.Id, (int)answer.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds, null);
        }
        catch (Exception broken) when (broken is HttpRequestException or TaskCanceledException)
        {
            log.Answered(delivery.Id, 0, Stopwatch.GetElapsedTime(started).TotalMilliseconds, broken.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Signature(string secret, byte[] body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
