using Veelocity.Web.Metrics.Planning;

namespace Veelocity.Web.Tests.Metrics.Planning;

public sealed class ScopeOverTimeTests
{
    [Fact]
    public void What_was_added_and_removed_after_the_first_day_are_told_apart()
    {
        var scope = ScopeOverTime.Of([8, 8, 11, 9, 10], [0, 1, 3, 5, 6]);
        Assert.Equal((8, 10, 4, 2, 6, 0.6), (scope.AtStart, scope.Now, scope.Added, scope.Removed, scope.Completed, scope.Share));
    }

    [Fact]
    public void M3_nothing_recorded_is_no_data_and_not_zero()
    {
        var scope = ScopeOverTime.Of([], []);
        Assert.Equal((null, null, null, null), (scope.AtStart, scope.Now, scope.Completed, scope.Share));
        Assert.Null(ScopeOverTime.Of([0], [0]).Share);
    }
}
