using System.Globalization;
using Veelocity.Web.Tests.Recomputed.Answers;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>Every figure of made-up organizations, computed a second time from their facts.</summary>
/// <remarks>VEELOCITY_SEEDS sets how many organizations.</remarks>
public sealed class RecomputedTests(RecomputedApp app, ITestOutputHelper output) : IClassFixture<RecomputedApp>
{
    private const int Few = 3;
    private const int Most = 200;

    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("VEELOCITY_SEEDS"), CultureInfo.InvariantCulture, out var given) ? given : Few)];

    private static bool IsQuick => Environment.GetEnvironmentVariable("VEELOCITY_SEEDS") is null;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_figure_is_what_the_facts_come_to(int seed)
    {
        var stop = TestContext.Current.CancellationToken;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        using var stored = await app.StoreAsync(seed, stop);
        var differences = new Differences(seed);
        var all = new Recomputation(stored.World);
        await new Questions(stored, all, differences, stop).AskAsync(seed, IsQuick ? 4 : 1);
        output.WriteLine($"Seed {seed}: {stored.Asked} answers, {differences.Compared} figures compared, {differences.Found.Count} differences. {watch.Elapsed.TotalSeconds:0} s, {stored.Waited.TotalSeconds:0} s in requests");
        Assert.True(differences.Found.Count == 0, string.Join(Environment.NewLine, differences.Found.Take(Most)));
    }
}
