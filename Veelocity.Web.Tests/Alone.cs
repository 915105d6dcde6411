namespace Veelocity.Web.Tests;

/// <summary>Classes that measure the whole process, such as its memory: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
