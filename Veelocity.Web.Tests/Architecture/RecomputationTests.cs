using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Veelocity.Web.Tests.Architecture;

/// <summary>What checks the metrics shares nothing with them.</summary>
public sealed class RecomputationTests
{
    [Fact]
    public void Recomputed_figures_use_nothing_that_computes_the_others() =>
        Types().That().ResideInNamespaceMatching(@"^Veelocity\.Web\.Tests\.Recomputed(\.|$)")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^Veelocity\.Web\.(Metrics|Linking|Pages|Api)(\.|$)"))
            .Check(new ArchLoader().LoadAssemblies(typeof(RecomputationTests).Assembly, typeof(Program).Assembly).Build());
}
