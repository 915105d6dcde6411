using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.Sources;

/// <summary>Which environments are production by the organization's pattern (M13). The default doesn't take <c>non-prod</c> or <c>pre-production</c>.</summary>
internal sealed class ProductionNames(string pattern)
{
    private readonly NamePattern _pattern = NamePattern.Of(pattern);
    private readonly bool _isDefault = pattern == Organization.DefaultProductionPattern;

    public bool Matches(string name) => _pattern.Matches(_isDefault ? NameWords.WithoutNegated(name) : name);
}
