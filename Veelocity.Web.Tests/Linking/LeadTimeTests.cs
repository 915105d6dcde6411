using FsCheck.Xunit;
using Veelocity.Web.Linking;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking;

public sealed class LeadTimeTests
{
    [Fact]
    public void M19_lead_time_runs_from_the_first_commit_to_the_deployment() => Assert.Equal(24 * 3600, Of(firstCommit: 0, created: 5).LeadSeconds);

    [Fact]
    public void M19_creation_counts_when_it_is_earlier_than_the_first_commit() => Assert.Equal(22 * 3600, Of(firstCommit: 5, created: 2).LeadSeconds);

    [Fact]
    public void M19_creation_counts_when_no_commit_is_known() => Assert.Equal(21 * 3600, Of(firstCommit: null, created: 3).LeadSeconds);

    [Fact]
    public void M20_stages_run_from_boundary_to_boundary()
    {
        var lead = Of(firstCommit: 0, created: 2, ready: 3, reviewed: 7, approved: 12, merged: 14);
        Assert.Equal((3.0, 4.0, 5.0, 2.0, 10.0), InHours(lead));
        Assert.False(lead.IsSkewed);
    }

    [Fact]
    public void M20_without_a_review_pickup_and_review_are_null_and_the_merge_is_waited_for_since_ready() =>
        Assert.Equal((3.0, (double?)null, (double?)null, 11.0, 10.0), InHours(Of(ready: 3, merged: 14)));

    [Fact]
    public void M20_a_review_without_approval_lasts_until_the_merge() =>
        Assert.Equal((3.0, 4.0, 7.0, 0.0, 10.0), InHours(Of(ready: 3, reviewed: 7, merged: 14)));

    [Fact]
    public void M20_a_draft_that_was_reviewed_is_picked_up_at_once_and_that_is_no_skew()
    {
        var lead = Of(ready: 6, reviewed: 2, approved: 4, merged: 14);
        Assert.Equal((6.0, 0.0, 0.0, 8.0, 10.0), InHours(lead));
        Assert.False(lead.IsSkewed);
    }

    [Fact]
    public void M20_merged_as_a_draft_was_coding_until_the_merge() =>
        Assert.Equal((14.0, (double?)null, (double?)null, 0.0, 10.0), InHours(Of(ready: null, merged: 14)));

    [Fact]
    public void M6_a_deployment_before_the_merge_is_clamped_and_marked()
    {
        var lead = Of(ready: 3, reviewed: 7, approved: 12, merged: 30);
        Assert.Equal((3.0, 4.0, 5.0, 12.0, 0.0), InHours(lead));
        Assert.True(lead.IsSkewed);
    }

    [Property]
    public bool M20_stages_are_never_negative_and_add_up_whatever_the_order_of_events(
        int? firstCommit, int created, int? ready, int? reviewed, int? approved, int merged)
    {
        var lead = Of(firstCommit, created, ready, reviewed, approved, merged);
        double[] stages = [lead.CodingSeconds, lead.PickupSeconds ?? 0, lead.ReviewSeconds ?? 0, lead.MergeSeconds, lead.DeploySeconds];
        return stages.All(s => s >= 0) && Math.Abs(stages.Sum() - lead.LeadSeconds) < 1e-6;
    }

    private static LeadTime Of(
        double? firstCommit = 0, double created = 0, double? ready = 0, double? reviewed = null, double? approved = null, double merged = 14)
    {
        var pull = Pull(1, "a", merged, created) with { FirstCommitAt = Time(firstCommit) };
        return LeadTime.Of(pull, new(Time(ready), Time(reviewed), Time(approved), reviewed is not null), At(merged), At(24));
    }

    private static DateTimeOffset? Time(double? hours) => hours is { } value ? At(value) : null;

    private static (double, double?, double?, double, double) InHours(LeadTime l) =>
        (l.CodingSeconds / 3600, l.PickupSeconds / 3600, l.ReviewSeconds / 3600, l.MergeSeconds / 3600, l.DeploySeconds / 3600);
}
