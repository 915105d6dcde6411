namespace Veelocity.Web.Tests;

/// <summary>Classes that measure memory or response times: no other test runs while they do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
