using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Readers of rows in the two styles in which GitHub writes them.</summary>
internal static class GitHubRows
{
    public static RowReader OfGraphQl(string scope) => new("GitHub", scope, ProviderJson.Camel);

    public static RowReader OfRest(string scope) => new("GitHub", scope, ProviderJson.Snake);
}
