using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// Deployments from the provider's deployments into environments (M9, M11, M13). A success is its first success status, whatever
/// came after; a failure has a failure or error and no success, at the last of them; the rest are not deployments. Transient environments
/// give none, nor do those that a member wants ignored, nor workflows that use production only for its secrets.
/// </summary>
internal static class EnvironmentSource
{
    public static IEnumerable<DerivedDeployment> Derive(RepositoryFacts facts, ServiceSource source)
    {
        var transient = facts.Environments.Where(e => e.IsDeclaredTransient == true).Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        var ignored = facts.EnvironmentUses.Where(e => e.Value == EnvironmentUse.Ignored).Select(e => e.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var production = source.Names.ToHashSet(StringComparer.Ordinal);
        var deployers = EnvironmentDeployers.Of(facts, source);
        foreach (var deployment in facts.EnvironmentDeployments)
        {
            var isProduction = production.Contains(deployment.Environment);
            if (transient.Contains(deployment.Environment)) continue;
            if (isProduction ? !deployers.Counts(deployment) : ignored.Contains(deployment.Environment)) continue;
            var end = deployment.Statuses.Where(s => s.State == "success").MinBy(s => s.CreatedAt);
            var outcome = end is null ? DeploymentOutcome.Failed : DeploymentOutcome.Succeeded;
            end ??= deployment.Statuses.Where(s => s.State is "failure" or "error").MaxBy(s => s.CreatedAt);
            if (end is null) continue;

            yield return new()
            {
                SourceKey = $"deployment {deployment.ExternalId}",
                Environment = deployment.Environment,
                IsProduction = isProduction,
                Sha = deployment.Sha,
                Ref = deployment.Ref,
                Title = FirstWithText(deployment.Description, deployment.Ref) ?? deployment.Sha[..Math.Min(7, deployment.Sha.Length)],
                Url = IsWebAddress(end.LogUrl) ? end.LogUrl! : $"{facts.Url}/deployments/{Uri.EscapeDataString(deployment.Environment)}",
                Outcome = outcome,
                StartedAt = deployment.CreatedAt,
                FinishedAt = end.CreatedAt,
            };
        }
    }

    private static string? FirstWithText(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
            if (!string.IsNullOrWhiteSpace(text)) return text;
        return null;
    }

    // Whoever may deploy writes the log address; it becomes a link, so nothing but the web is let through.
    private static bool IsWebAddress(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp);
}
