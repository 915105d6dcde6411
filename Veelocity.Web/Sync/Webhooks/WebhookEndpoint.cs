using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Sync.Webhooks;

/// <summary>
/// Where providers send their messages: <c>POST /webhooks/{kind}/{connection id}</c>. No cookie is read and no form token asked for;
/// the signature is what lets a message in.
/// </summary>
public static class WebhookEndpoint
{
    /// <summary>GitHub sends nothing above.</summary>
    private const int MostBytes = 25 * 1024 * 1024;

    public static string PathOf(string kind, Guid connectionId) => $"webhooks/{kind}/{connectionId}";

    public static void MapWebhooks(this IEndpointRouteBuilder app) =>
        app.MapPost("/webhooks/{kind}/{connectionId:guid}", ReceiveAsync)
            .AllowAnonymous()
            .DisableAntiforgery()
            .WithMetadata(new SkipStatusCodePagesAttribute(), new RequestSizeLimitAttribute(MostBytes));

    private static async Task<IResult> ReceiveAsync(
        string kind, Guid connectionId, HttpRequest request, IEnumerable<IWebhookSource> sources, WebhookInbox inbox, CancellationToken cancellation)
    {
        if (sources.FirstOrDefault(known => known.Kind == kind) is not { } source) return Results.NotFound();
        WebhookHeaders headers = name => request.Headers[name] is [var value] ? value : null;
        if (!source.HasProof(headers)) return Results.Unauthorized();
        if (request.ContentLength > MostBytes) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        try
        {
            using var body = new MemoryStream((int)(request.ContentLength ?? 0));
            await request.Body.CopyToAsync(body, cancellation);
            // All of it is here: also from a sender who does not wait for the answer.
            return await inbox.ReceiveAsync(source, connectionId, headers, body.GetBuffer().AsMemory(0, (int)body.Length), CancellationToken.None) switch
            {
                (Reception.Accepted, { } reply) => Results.Text(reply),
                (Reception.Accepted, _) => Results.Accepted(),
                (Reception.Unproven, _) => Results.Unauthorized(),
                (Reception.Disconnected, _) => Results.NotFound(),
                _ => Results.BadRequest(),
            };
        }
        catch (BadHttpRequestException bad)
        {
            return Results.StatusCode(bad.StatusCode);
        }
        catch (Exception away) when (away is NpgsqlException || away.InnerException is NpgsqlException { IsTransient: true })
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
