namespace Veelocity.Web.Connectors.GitHub;

/// <summary>An account as REST shows it.</summary>
internal sealed record AccountRow(long? Id, string? Login, string? Type, string? Name)
{
    public static Actor? ToActor(AccountRow? row) => row?.Login is { } login
        ? GitHubActor.Of(login, row.Id, row.Name, null, row.Type)
        : null;
}
