namespace Veelocity.Web.Linking.Sources;

/// <summary>What a run that someone started deploys, when its title or inputs name a version (M8).</summary>
/// <param name="Sha">The commit of that version's tag; null when no tag has it.</param>
internal sealed record ManualVersion(string Text, string? Sha)
{
    /// <summary>Null when the run deploys the commit it ran on.</summary>
    public static ManualVersion? Of(RunFacts run, string workflow, VersionTags versions, RunScope scope)
    {
        if (scope.IsOnTag(run) || TextOf(run, workflow) is not { } text) return null;
        if (versions.CommitIn(text) is { } sha) return new(text, sha);
        return VersionTags.NamesVersion(text) ? new(text, null) : null;
    }

    /// <summary>What the title of a run that someone started says besides the workflow's name; null for other runs.</summary>
    public static string? TextOf(RunFacts run, string workflow) =>
        run.Event is "workflow_dispatch" or "repository_dispatch"
        && run.Title.Replace(workflow, "", StringComparison.OrdinalIgnoreCase).Trim() is { Length: > 0 } text ? text : null;
}
