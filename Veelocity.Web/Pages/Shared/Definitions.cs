namespace Veelocity.Web.Pages.Shared;

/// <summary>What each metric means, in the words that stand beside its value (M35).</summary>
internal static class Definitions
{
    public const string DeploymentFrequency =
        "How often something new reaches production: successful production deployments, divided by the days that have passed. "
        + "The same commit deployed again in a row counts once; failed deployments do not count.";

    public const string LeadTime =
        "From the first commit of a pull request to the end of the first production deployment that contains it. "
        + "The value is the median in calendar time: half of the changes took longer. Bots, reverts and changes still waiting are not in it.";

    public const string ChangeFailureRate =
        "The share of production deployments that led to an incident, a rollback or a revert. "
        + "Rollbacks themselves are not counted, and a run that failed before production is not a change failure. Releases of the last seven days can still fail.";

    public const string Recovery =
        "How long an incident lasts, from its start to its end: the mean over incidents that started in the period. Open incidents are not in it.";
}
