namespace Veelocity.Web.Linking.Sources;

/// <summary>What a run that someone started deploys, when its title or inputs name a version (M8).</summary>
/// <param name="Sha">The commit of that version's tag; null when no tag has it.</param>
internal sealed record ManualVersion(string Text, string? Sha)
{
    /// <summary>Null when the run deploys the commit it ran on.</summary>
    public static ManualVersion? Of(RunFacts run, string workflow, VersionTags versions, RunScope scope)
    {
        if (run.Event is not ("workflow_dispatch" or "repository_dispatch") || scope.IsOnTag(run)) return null;
        var text = run.Title.Replace(workflow, "", StringComparison.OrdinalIgnoreCase).Trim();
        if (text.Length == 0) return null;
        if (versions.CommitIn(text) is { } sha) return new(text, sha);
        return VersionTags.NamesVersion(text) ? new(text, null) : null;
    }
}
