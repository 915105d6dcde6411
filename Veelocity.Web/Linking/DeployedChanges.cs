using Veelocity.Web.Data;

namespace Veelocity.Web.Linking;

/// <summary>Why a linked pull request gives no lead time: the first reason that applies of M16, M29, M30.</summary>
internal static class DeployedChanges
{
    public static LeftOut? LeftOut(ChangeLink link) =>
        link.Placed.Contents == DeploymentContents.Unknown && !IsTheDeployedCommit(link) ? Data.LeftOut.FirstKnownDeployment
        : link.PullRequest.IsByBot ? Data.LeftOut.Bot
        : link.PullRequest.IsRevert ? Data.LeftOut.Revert
        : null;

    private static bool IsTheDeployedCommit(ChangeLink link) =>
        link.PullRequest.MergeCommitSha is { } sha && sha == link.Placed.Deployment.Sha;
}
