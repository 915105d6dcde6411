using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking;

/// <summary>The organization's patterns about pull requests: which repair what was deployed (M24), and which deliver no change of their own (M17).</summary>
internal sealed class PullRequestRules
{
    public static readonly PullRequestRules Default = Of(new Organization { Name = "", Slug = "", TimeZone = "" });

    private readonly NamePattern _hotfix, _label, _branch, _title, _path;

    private PullRequestRules(string hotfix, string label, string branch, string title, string path)
    {
        (_hotfix, _label, _branch) = (NamePattern.Of(hotfix), NamePattern.Of(label), NamePattern.Of(branch));
        (_title, _path) = (NamePattern.Of(title), NamePattern.Of(path));
    }

    public static PullRequestRules Of(Organization organization) => new(
        organization.HotfixPattern, organization.ExcludedLabelPattern, organization.ExcludedBranchPattern, organization.ExcludedTitlePattern,
        organization.ExcludedPathPattern);

    /// <summary>A title has to begin with the word: products speak of incidents, too.</summary>
    public bool IsHotfix(string title, string branch, IEnumerable<string> labels) =>
        _hotfix.BeginsWord(title) || _hotfix.Matches(branch) || labels.Any(_hotfix.Matches);

    /// <param name="paths">Its files; null while they are unknown.</param>
    public bool IsExcluded(string title, string branch, IEnumerable<string> labels, IReadOnlyList<string>? paths) =>
        _title.Matches(title) || _branch.Matches(branch) || labels.Any(_label.Matches) || (paths is { Count: > 0 } && paths.All(_path.Matches));
}
