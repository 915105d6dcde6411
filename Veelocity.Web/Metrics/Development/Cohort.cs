namespace Veelocity.Web.Metrics.Development;

/// <summary>Whose pull requests (M29): people's, those that coding agents wrote, or both. Other bots' are in none.</summary>
public enum Cohort
{
    People,
    Agents,
    Both,
}
