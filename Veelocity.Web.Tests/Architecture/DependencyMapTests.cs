using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Veelocity.Web.Tests.Architecture;

/// <summary>Who may use whom, as docs/architecture.md draws it. Program and Commands put the parts together and may use all.</summary>
public sealed class DependencyMapTests
{
    private const string Everything = "Connectors Linking Data Platform";
    private static readonly ArchUnitNET.Domain.Architecture App = new ArchLoader().LoadAssemblies(typeof(Program).Assembly).Build();

    [Theory]
    [InlineData("Platform", "")]
    [InlineData("Data", "Platform")]
    [InlineData("Connectors", "Platform")]
    [InlineData("Organizations", "Data Platform")]
    [InlineData("Metrics", "Data Platform")]
    [InlineData("Linking", "Data Platform")]
    [InlineData("Sync", Everything)]
    [InlineData("SampleData", "Organizations Sync " + Everything)]
    [InlineData("Pages", "Metrics Organizations SampleData Sync " + Everything)]
    [InlineData("Api", "Metrics Organizations Sync " + Everything)]
    public void A_folder_uses_only_those_below_it(string folder, string below)
    {
        var allowed = string.Join('|', [folder, .. below.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Types().That().ResideInNamespaceMatching(Inside(folder))
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching($@"^Veelocity\.Web\.(?!({allowed})(\.|$))"))
            .Check(App);
    }

    [Fact]
    public void Every_folder_is_on_the_map()
    {
        var folders = App.Types.Select(FolderOf).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Assert.Equal(["Api", "Commands", "Connectors", "Data", "Linking", "Metrics", "Organizations", "Pages", "Platform", "SampleData", "Sync"], folders);
    }

    [Fact]
    public void A_provider_is_named_only_inside_Connectors() =>
        Types().That().DoNotResideInNamespaceMatching(Inside("Connectors"))
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^Veelocity\.Web\.Connectors\.\w"))
            .Check(App);

    [Fact]
    public void Folders_form_no_cycles()
    {
        var uses = App.Types
            // A type parameter is told by its name alone, and taken for the one of another class.
            .SelectMany(type => type.Dependencies.Where(dependency => dependency.Target is not ArchUnitNET.Domain.GenericParameter).Select(dependency => (From: FolderOf(type), To: FolderOf(dependency.Target), Such: $"{type.FullName} uses {dependency.Target.FullName}")))
            .Where(use => use.From is not null && use.To is not null && use.From != use.To)
            .DistinctBy(use => (use.From, use.To))
            .ToList();
        Assert.Contains(uses, use => use is { From: "Sync", To: "Data" });
        // What uses nothing that is left cannot be in a cycle.
        while (uses.RemoveAll(use => !uses.Exists(further => further.From == use.To)) > 0)
        {
        }
        Assert.True(uses.Count == 0, string.Join('\n', uses.Select(use => use.Such)));
    }

    // Razor names its tag helpers so, and the drawn pages after their addresses.
    [Fact]
    public void No_class_hides_behind_a_name_that_says_nothing() =>
        Types().That().ResideInNamespaceMatching(@"^Veelocity\.Web").And().DoNotHaveFullName(typeof(Veelocity.Web.Data.Service).FullName!)
            .And().DoNotHaveFullName(typeof(Veelocity.Web.Data.TeamService).FullName!)
            .Should().NotHaveNameMatching("^(?!Pages_).*((?<!Tag)Helpers?|Utils?|Utilities|Managers?|Services?)$")
            .Check(App);

    private static string? FolderOf(ArchUnitNET.Domain.IType type) =>
        type.Namespace?.FullName.StartsWith("Veelocity.Web.", StringComparison.Ordinal) == true ? type.Namespace.FullName.Split('.')[2] : null;

    private static string Inside(string folder) => $@"^Veelocity\.Web\.{folder}(\.|$)";
}
