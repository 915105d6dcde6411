using Veelocity.Web.Metrics.Quality;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Dora;

/// <summary>What is wrong with a service's data, what to do about it, and where (M36).</summary>
/// <param name="Path">Under the organization's address; null when it is mended elsewhere.</param>
internal sealed record QualityWords(string What, string ToDo, string? LinkText, string? Path)
{
    public static QualityWords Of(DataQuality.Measures service, QualityFinding finding)
    {
        var (settings, rules) = ($"/settings/services/{service.Id}", "/settings/rules");
        var share = finding.Share is { } part ? $" ({Numbers.Rate(part)})" : "";
        return finding.Problem switch
        {
            QualityProblem.EstimatedSource => new(
                "Merges are taken for deployments: an estimate.",
                "Choose the environment, workflow or releases that it is deployed by.", "Choose a source", settings),
            QualityProblem.NoDeployments => new(
                $"{Numbers.Count(finding.Count, "pull request")} merged, nothing deployed to production.",
                "Check that its source is the one that is still in use.", "Check the source", settings),
            QualityProblem.UnlinkedChanges => new(
                $"{Numbers.Count(finding.Count, "merged pull request")}{share} tied to no deployment.",
                service.IsPart ? "Check that the services' paths cover what changes." : "Check that its source covers everything that goes to production.", "Check the service", settings),
            QualityProblem.UnknownCommits => new(
                $"{Numbers.Count(finding.Count, "deployment")}{share} of an unknown commit.",
                "Let the pipeline tell the commit to its deployments, or choose a source that does.", "Choose a source", settings),
            QualityProblem.ContentsByTime => new(
                $"{Numbers.Count(finding.Count, "deployment")}{share} whose contents are told by time, not by the history.",
                "Deploy commits of the default branch, or read the whole history again with a full sync.", "Sync", "/settings"),
            QualityProblem.UnlinkedIncidents => new(
                $"{Numbers.Count(finding.Count, "incident")}{share} tied to no release.",
                "Link them by hand, or widen the hours in which an incident is tied to the release before it.", "Change the hours", rules),
            QualityProblem.UnlinkedReferences => new(
                $"{Numbers.Count(finding.Count, "incident names", "incidents name")} a commit or an address that matches no deployment before it.",
                "Correct what they name, or link them manually.", "Review incidents", "/incidents?state=unlinked"),
            QualityProblem.SkippedWorkflows => new(
                $"Skipped {Numbers.Count(finding.Count, "deployment")} by the workflow {finding.Subject}, which doesn't deploy.",
                "Say which workflows deploy if this is one of them.", "Review the source", settings),
            QualityProblem.UnknownVersions => new(
                $"{Numbers.Count(finding.Count, "manual run")} deployed “{finding.Subject}”, which no tag names, so it doesn't count.",
                "Tag the versions that you deploy.", "Review the source", settings),
            QualityProblem.BetterSource => new(
                "Another source looks more like its deployments now.",
                "Compare the two and switch if it is right.", "Compare the sources", settings),
            QualityProblem.SilentSource => new(
                $"{Numbers.Count(finding.Count, "pull request")} merged since its source deployed last, much longer ago than usual.",
                "Check whether something else deploys it now.", "Check the source", settings),
            QualityProblem.RevertWithoutTarget => new(
                $"{Numbers.Count(finding.Count, "revert")} without a known target: no deployment counts as failed because of {(finding.Count == 1 ? "it" : "them")}.",
                "Name what is reverted in the description: Reverts #12, or This reverts commit 1a2b3c4.", null, null),
            _ => new(
                $"{Numbers.Count(finding.Count, "pull request")}{share} with times that contradict each other; the stages were set to 0.",
                "Check the clocks of build machines and developers, and deployments made before their merge.", null, null),
        };
    }
}
