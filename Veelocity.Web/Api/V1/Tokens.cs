using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Tokens;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>Personal API tokens: your own, and for an Admin everyone's, though never what they are.</summary>
internal static class Tokens
{
    private const string NotAllowed = "token_not_allowed";

    public static void MapTokens(this RouteGroupBuilder v1)
    {
        var tokens = v1.MapOrganizationGroup("/tokens").WithTags("Tokens");
        tokens.MapGet("/", ListAsync).Requires(Permission.MakeApiTokens)
            .WithSummary("Your API tokens; an Admin sees everyone's");
        tokens.MapPost("/", CreateAsync).Requires(Permission.MakeApiTokens)
            .WithSummary("Create an API token; the answer is the only place that shows it")
            .MayAnswer(403, NotAllowed, "A personal API token can't create another; sign in.")
            .MayAnswer(409, "too_many_tokens", $"You have {ApiTokens.Most} tokens.");
        tokens.MapDelete("/{id:guid}", RevokeAsync).Requires(Permission.MakeApiTokens)
            .WithSummary("Revoke an API token immediately");
    }

    private static async Task<Page<ApiTokenAnswer>> ListAsync(
        [AsParameters] Paging paging, ClaimsPrincipal caller, CurrentOrganization organization, ApiTokens tokens,
        CancellationToken cancellation)
    {
        var seen = await tokens.ListAsync(organization.May(Permission.RevokeApiTokens)
            ? null
            : caller.RequiredCallerId(), cancellation);
        return paging.Of(seen.ConvertAll(ApiTokenAnswer.Of));
    }

    private static async Task<Created<CreatedTokenAnswer>> CreateAsync(
        TokenBody body, ClaimsPrincipal caller, ApiTokens tokens, TimeProvider clock, CancellationToken cancellation)
    {
        if (caller.OnlyOrganization() is not null)
            throw new Refused("A personal API token can't create another. Sign in to create one.", NotAllowed,
                StatusCodes.Status403Forbidden);
        var now = clock.GetUtcNow();
        if (body.ExpiresAt <= now || body.ExpiresAt > now.AddYears(10))
            throw new Refused("Choose a time within the next ten years.",
                "invalid") { Field = nameof(TokenBody.ExpiresAt) };
        var secret = await tokens.MakeAsync(caller.RequiredCallerId(), body.Name!, body.ExpiresAt?.ToUniversalTime(),
            cancellation);
        var made = await tokens.FindAsync(secret, cancellation);
        return TypedResults.Created($"/api/v1/tokens/{made.Id}", new CreatedTokenAnswer(made.Id, made.Name, secret,
            made.CreatedAt, made.ExpiresAt));
    }

    private static async Task<Results<NoContent, NotFound>> RevokeAsync(
        Guid id, ClaimsPrincipal caller, ApiTokens tokens, CancellationToken cancellation) =>
        await tokens.RevokeAsync(id, caller.RequiredCallerId(), cancellation) is null
            ? TypedResults.NotFound()
            : TypedResults.NoContent();
}

internal sealed record TokenBody
{
    [Required(ErrorMessage = "Give the token a name.")]
    [StringLength(ApiToken.LongestName, ErrorMessage = "Use 100 characters at most.")]
    public string? Name { get; init; }

    /// <summary>Never when left out.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <param name="Ending">The last characters, to recognize it by.</param>
internal sealed record ApiTokenAnswer(
    Guid Id, string Name, string Ending, Guid UserId, string Owner, DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    public static ApiTokenAnswer Of(ApiToken token) => new(
        token.Id, token.Name, token.Ending, token.UserId, token.Membership.User.FullName, token.CreatedAt,
        token.ExpiresAt, token.LastUsedAt);
}

/// <param name="Token">Shown this once.</param>
internal sealed record CreatedTokenAnswer(Guid Id, string Name, string Token, DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt);
