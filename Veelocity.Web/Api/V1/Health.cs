using Veelocity.Web.Platform;

namespace Veelocity.Web.Api.V1;

/// <summary>Whether the app answers.</summary>
internal static class Health
{
    public static void MapHealth(this RouteGroupBuilder v1) =>
        v1.MapGet("/health", () => new HealthAnswer("healthy", AppVersion.Text))
            .WithTags("Health").WithSummary("Whether the app answers").AllowAnonymous();
}

/// <param name="Version">The version of the app, such as 1.2.0.</param>
internal sealed record HealthAnswer(string Status, string Version);
