namespace Veelocity.Web.Tests.Web;

/// <summary>
/// Sends a large body only when the server asks for it. A server that rejects a body by its length closes the connection, and a client that is
/// still sending sees a broken pipe instead of the answer.
/// </summary>
internal sealed class PatientSender : DelegatingHandler
{
    private const int Large = 64 * 1024;

    public PatientSender(SocketsHttpHandler connections)
        : base(connections) => connections.Expect100ContinueTimeout = Timeout.InfiniteTimeSpan;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } body)
        {
            await body.LoadIntoBufferAsync(cancellationToken); // JSON would be sent in chunks, without a length
            if (body.Headers.ContentLength > Large) request.Headers.ExpectContinue = true;
        }
        return await base.SendAsync(request, cancellationToken);
    }
}
