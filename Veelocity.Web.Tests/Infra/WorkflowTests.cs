using Veelocity.Web.Tests.Docs;

namespace Veelocity.Web.Tests.Infra;

/// <summary>The workflows, held against actionlint.</summary>
public sealed class WorkflowTests
{
    [Fact]
    public async Task Actionlint_finds_nothing_in_the_workflows()
    {
        var workflows = Directory.GetFiles(Path.Combine(LinkTests.Root, ".github", "workflows"), "*.yml");
        Assert.NotEmpty(workflows);
        var (faults, errors, code) = await Kubectl.RunAsync("node", ["build/check-infra.mjs", "workflows", .. workflows]);
        Assert.True(code == 0, faults + errors);
    }

    [Fact]
    public async Task A_job_that_needs_one_that_is_not_there_is_noticed()
    {
        var wrong = Path.GetTempFileName();
        await File.WriteAllTextAsync(wrong, "on: push\njobs:\n  one:\n    needs: two\n    runs-on: ubuntu-latest\n    steps:\n      - run: true\n", TestContext.Current.CancellationToken);
        var (faults, _, code) = await Kubectl.RunAsync("node", ["build/check-infra.mjs", "workflows", wrong]);
        File.Delete(wrong);
        Assert.Equal(1, code);
        Assert.Contains("two", faults, StringComparison.Ordinal);
    }
}
