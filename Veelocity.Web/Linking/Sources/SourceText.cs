using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>A source as one short text that tells it from others, for rows that point at one.</summary>
internal static class SourceText
{
    public static string Of(ServiceSource source) =>
        string.Join(' ', new[] { SnakeCaseEnum<DeploymentSource>.ToText(source.Source), source.Name, source.RepositoryId?.ToString() }.Where(part => !string.IsNullOrEmpty(part)));
}
