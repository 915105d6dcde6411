using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// Which environments are production by the organization's pattern (M13). The default doesn't take <c>non-prod</c>,
/// <c>pre-production</c> or <c>prod-test</c>; a pattern that a member wrote takes what it matches.
/// </summary>
internal sealed class ProductionNames(string pattern)
{
    private readonly NamePattern _pattern = NamePattern.Of(pattern);
    private readonly bool _isDefault = pattern == Organization.DefaultProductionPattern;

    public bool Matches(string name) => _isDefault
        ? _pattern.Matches(NameWords.WithoutNegated(name)) && !NameWords.SaysStage(name)
        : _pattern.Matches(name);
}
