namespace Veelocity.Web.Api.V1;

/// <summary>Whether the app answers.</summary>
internal static class Health
{
    public static void MapHealth(this RouteGroupBuilder v1) =>
        v1.MapGet("/health", () => new HealthAnswer("healthy"))
            .WithTags("Health").WithSummary("Whether the app answers").AllowAnonymous();
}

internal sealed record HealthAnswer(string Status);
