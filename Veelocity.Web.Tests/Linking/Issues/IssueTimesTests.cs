using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Issues;

public sealed class IssueTimesTests
{
    [Fact]
    public async Task M27_started_first_and_completed_last_however_often_it_was_reopened()
    {
        await using var scene = await IssueScene.SetAsync();
        var issue = scene.Issue("ENG-1", "completed", started: 30, completed: 9, spans: [("unstarted", 0), ("started", 5), ("completed", 9), ("started", 20), ("completed", 31), ("completed", 40)]);
        Assert.Equal((At(5), At(31)), await TimesAsync(scene, issue));
    }

    [Fact]
    public async Task M27_a_jump_from_to_do_to_done_was_never_started()
    {
        await using var scene = await IssueScene.SetAsync();
        var issue = scene.Issue("ENG-1", "completed", started: 9, completed: 9, spans: [("unstarted", 0), ("completed", 9)]);
        Assert.Equal((null, At(9)), await TimesAsync(scene, issue));
    }

    [Theory]
    [InlineData("canceled")]
    [InlineData("duplicate")]
    [InlineData("started")]
    public async Task M27_what_is_not_completed_now_has_no_end(string state)
    {
        await using var scene = await IssueScene.SetAsync();
        var issue = scene.Issue("ENG-1", state, started: 5, completed: 9, spans: [("started", 5), ("completed", 9), (state, 12)]);
        Assert.Equal((At(5), null), await TimesAsync(scene, issue));
    }

    [Fact]
    public async Task M27_without_a_history_the_trackers_own_times_stand_in()
    {
        await using var scene = await IssueScene.SetAsync();
        var issue = scene.Issue("ENG-1", "completed", started: 5, completed: 9);
        Assert.Equal((At(5), At(9)), await TimesAsync(scene, issue));
    }

    [Fact]
    public async Task M27_delivered_with_the_last_of_its_pull_requests()
    {
        await using var scene = await IssueScene.SetAsync();
        var issue = scene.Issue("ENG-1");
        scene.Pull("eng-1", merged: 10);
        scene.Pull("eng-1-more", merged: 30);
        scene.Pull("eng-1-given-up", isClosed: true);
        await scene.LinkAsync();
        Assert.Equal(At(30), (await scene.SeeAsync(issue)).DeliveredAt);
        scene.Pull("eng-1-last");
        await scene.LinkAsync();
        Assert.Null((await scene.SeeAsync(issue)).DeliveredAt);
    }

    [Theory]
    [InlineData("canceled")]
    [InlineData("duplicate")]
    public async Task M27_a_canceled_issue_is_not_delivered(string state)
    {
        await using var scene = await IssueScene.SetAsync();
        var issue = scene.Issue("ENG-1", state);
        scene.Pull("eng-1", merged: 10);
        await scene.LinkAsync();
        Assert.Null((await scene.SeeAsync(issue)).DeliveredAt);
    }

    private static async Task<(DateTimeOffset?, DateTimeOffset?)> TimesAsync(IssueScene scene, Guid issue)
    {
        await scene.LinkAsync();
        var seen = await scene.SeeAsync(issue);
        return (seen.FirstStartedAt, seen.LastCompletedAt);
    }
}
