using Veelocity.Web.Data;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Incidents;

public sealed class ChangeFailuresTests
{
    [Fact]
    public async Task M21_an_incident_a_rollback_or_a_revert_tells_that_a_release_failed()
    {
        await using var scene = await Scene.SetAsync();
        var fine = scene.Release("v0", 0);
        var byIncident = scene.Release("v1", 1);
        scene.Incident(2, 3);
        var byRollback = scene.Release("v2", 40);
        scene.Release("v1", 41, takesBack: byRollback);
        var byRevert = scene.Release("v3", 50);
        var pull = scene.Pull(49, byRevert, deployed: 50);
        scene.Pull(51, reverts: pull);
        await scene.LinkAsync();

        Assert.Null((await scene.SeeReleaseAsync(fine)).FailedBy);
        Assert.Equal(ChangeFailure.Incident, (await scene.SeeReleaseAsync(byIncident)).FailedBy);
        Assert.Equal(ChangeFailure.Rollback, (await scene.SeeReleaseAsync(byRollback)).FailedBy);
        Assert.Equal(ChangeFailure.Revert, (await scene.SeeReleaseAsync(byRevert)).FailedBy);
    }

    [Fact]
    public async Task M21_what_was_reverted_before_it_was_deployed_failed_nowhere()
    {
        await using var scene = await Scene.SetAsync();
        var release = scene.Release("v1", 10);
        var pull = scene.Pull(1, release, deployed: 10);
        scene.Pull(5, release, deployed: 10, reverts: pull);
        await scene.LinkAsync();
        Assert.Equal((null, null), await scene.SeeReleaseAsync(release));
    }

    [Fact]
    public async Task M21_taking_an_incident_off_a_release_makes_it_fine_again()
    {
        await using var scene = await Scene.SetAsync();
        var release = scene.Release("v1", 1);
        var incident = scene.Incident(2, 3);
        await scene.LinkAsync();
        Assert.Equal(ChangeFailure.Incident, (await scene.SeeReleaseAsync(release)).FailedBy);

        await scene.ChangeAsync(incident, i => i.LinkByHand(null, Guid.NewGuid(), At(9)));
        await scene.LinkAsync();
        Assert.Null((await scene.SeeReleaseAsync(release)).FailedBy);
    }

    [Fact]
    public async Task M24_rollbacks_incident_fixes_reverts_and_hotfixes_are_rework()
    {
        await using var scene = await Scene.SetAsync();
        var planned = scene.Release("v1", 1);
        var pull = scene.Pull(0.5, planned, deployed: 1, title: "Add the hotel page");
        var rollback = scene.Release("v0", 2, takesBack: planned);
        var revert = scene.Release("v2", 40);
        scene.Pull(39, revert, deployed: 40, reverts: pull);
        var byTitle = scene.Release("v3", 50);
        scene.Pull(49, byTitle, deployed: 50, title: "Hotfix: totals");
        var byLabel = scene.Release("v4", 51);
        scene.Pull(50, byLabel, deployed: 51, labels: ["type: rollforward"]);
        var fix = scene.Release("v5", 60);
        scene.Pull(59.5, fix, deployed: 60, branch: "hotfix-1");
        scene.Incident(59, 61);
        await scene.LinkAsync();

        Assert.Null((await scene.SeeReleaseAsync(planned)).Rework);
        Assert.Equal(Rework.Rollback, (await scene.SeeReleaseAsync(rollback)).Rework);
        Assert.Equal(Rework.Revert, (await scene.SeeReleaseAsync(revert)).Rework);
        Assert.Equal(Rework.Hotfix, (await scene.SeeReleaseAsync(byTitle)).Rework);
        Assert.Equal(Rework.Hotfix, (await scene.SeeReleaseAsync(byLabel)).Rework);
        Assert.Equal(Rework.IncidentFix, (await scene.SeeReleaseAsync(fix)).Rework);
    }
}
