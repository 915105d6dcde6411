using Veelocity.Web.Data;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking.Incidents;

public sealed class IncidentLinksTests
{
    [Fact]
    public async Task M22_the_latest_release_of_the_affected_service_before_it_brought_it()
    {
        await using var scene = await Scene.SetAsync();
        scene.Release("v1", 1);
        var latest = scene.Release("v2", 5);
        scene.Release("a1", 9, "api");
        scene.Release("s1", 9, environment: "staging");
        scene.Release("v3", 11);
        var incident = await LinkedAsync(scene, scene.Incident(10, 12));
        Assert.Equal((latest, IncidentLinkMethod.Window, 0.6), (incident.DeploymentId, incident.LinkMethod, incident.LinkConfidence));
        Assert.Equal(At(200), incident.LinkedAt);
    }

    [Theory]
    [InlineData(24, false)]
    [InlineData(48, true)]
    public async Task M22_after_thirty_hours_the_window_of_the_organization_decides(int window, bool isLinked)
    {
        await using var scene = await Scene.SetAsync();
        scene.Window(window);
        var release = scene.Release("v1", 1);
        var incident = await LinkedAsync(scene, scene.Incident(31, 32));
        Assert.Equal(isLinked ? release : null, incident.DeploymentId);
        Assert.Equal(isLinked ? IncidentLinkMethod.Window : null, incident.LinkMethod);
    }

    [Fact]
    public async Task M22_the_release_that_a_rollback_took_back_brought_it_even_outside_the_window()
    {
        await using var scene = await Scene.SetAsync();
        scene.Release("v1", 1);
        var broken = scene.Release("v2", 2);
        scene.Release("v3", 60);
        var rollback = scene.Release("v1", 70, takesBack: broken);
        var incident = await LinkedAsync(scene, scene.Incident(65, 71));
        Assert.Equal((broken, IncidentLinkMethod.Remedy, rollback), (incident.DeploymentId, incident.LinkMethod, incident.FixDeploymentId));
    }

    [Fact]
    public async Task M22_the_release_of_what_was_reverted_brought_it()
    {
        await using var scene = await Scene.SetAsync();
        var broken = scene.Release("v1", 2);
        var pull = scene.Pull(1, broken, deployed: 2);
        scene.Release("v2", 9);
        var fix = scene.Release("v3", 12);
        scene.Pull(11, fix, deployed: 12, title: "Revert \"Change\"", reverts: pull);
        var incident = await LinkedAsync(scene, scene.Incident(10, 13));
        Assert.Equal((broken, IncidentLinkMethod.Remedy, fix), (incident.DeploymentId, incident.LinkMethod, incident.FixDeploymentId));
    }

    [Fact]
    public async Task M22_a_hotfix_points_at_the_release_before_the_incident()
    {
        await using var scene = await Scene.SetAsync();
        var before = scene.Release("v1", 2);
        var hotfix = scene.Release("v2", 52);
        scene.Pull(51, hotfix, deployed: 52, branch: "hotfix/checkout");
        var incident = await LinkedAsync(scene, scene.Incident(50, 53));
        Assert.Equal((before, IncidentLinkMethod.Remedy, hotfix), (incident.DeploymentId, incident.LinkMethod, incident.FixDeploymentId));
    }

    [Fact]
    public async Task M22_a_rollback_after_it_ended_did_not_end_it()
    {
        await using var scene = await Scene.SetAsync();
        scene.Release("v1", 1);
        var broken = scene.Release("v2", 2);
        var latest = scene.Release("v3", 9);
        scene.Release("v1", 20, takesBack: broken);
        var incident = await LinkedAsync(scene, scene.Incident(10, 12));
        Assert.Equal((latest, IncidentLinkMethod.Window, null), (incident.DeploymentId, incident.LinkMethod, incident.FixDeploymentId));
    }

    [Theory]
    [InlineData("https://github.example/deployments/abcdef0123/1")]
    [InlineData("abcdef0")]
    public async Task M22_what_the_incident_names_goes_before_what_its_remedy_tells(string cause)
    {
        await using var scene = await Scene.SetAsync();
        var named = scene.Release("abcdef0123", 1);
        var other = scene.Release("v2", 9);
        scene.Release("v0", 11, takesBack: other);
        var incident = await LinkedAsync(scene, scene.Incident(10, 12, cause: cause));
        Assert.Equal((named, IncidentLinkMethod.Named, 0.95), (incident.DeploymentId, incident.LinkMethod, incident.LinkConfidence));
    }

    [Fact]
    public async Task M22_a_person_s_word_is_kept_and_can_be_taken_back()
    {
        await using var scene = await Scene.SetAsync();
        var first = scene.Release("v1", 1);
        var latest = scene.Release("v2", 9);
        var id = scene.Incident(10, 12);
        await scene.LinkAsync();

        await scene.ChangeAsync(id, incident => incident.LinkByHand(first, Guid.NewGuid(), At(20)));
        await scene.LinkAsync();
        Assert.Equal((first, IncidentLinkMethod.Person, At(20)), Shown(await scene.SeeAsync(id)));

        await scene.ChangeAsync(id, incident => incident.LinkByHand(null, Guid.NewGuid(), At(21)));
        await scene.LinkAsync();
        Assert.Equal((null, IncidentLinkMethod.Person, At(21)), Shown(await scene.SeeAsync(id)));

        await scene.ChangeAsync(id, incident => incident.LinkByRule());
        await scene.LinkAsync();
        Assert.Equal((latest, IncidentLinkMethod.Window, At(200)), Shown(await scene.SeeAsync(id)));

        static (Guid?, IncidentLinkMethod?, DateTimeOffset?) Shown(Incident incident) => (incident.DeploymentId, incident.LinkMethod, incident.LinkedAt);
    }

    [Fact]
    public async Task M22_what_is_affected_and_unknown_is_blamed_on_nobody()
    {
        await using var scene = await Scene.SetAsync();
        scene.Release("v1", 9);
        var incident = await LinkedAsync(scene, scene.Incident(10, 12, service: null));
        Assert.Equal((null, null), (incident.DeploymentId, incident.LinkMethod));
    }

    [Fact]
    public async Task M22_with_one_service_only_it_is_the_affected_one()
    {
        await using var scene = await Scene.SetAsync();
        scene.OnlyOneService();
        var release = scene.Release("v1", 9);
        Assert.Equal(release, (await LinkedAsync(scene, scene.Incident(10, 12, service: null))).DeploymentId);
    }

    [Fact]
    public async Task M22_a_named_environment_is_blamed_for_the_latest_release_into_it()
    {
        await using var scene = await Scene.SetAsync();
        scene.Release("v1", 9);
        var staging = scene.Release("s1", 8, environment: "staging");
        var incident = await LinkedAsync(scene, scene.Incident(10, 12, service: null, environment: "staging"));
        Assert.Equal((staging, 0.4), (incident.DeploymentId, incident.LinkConfidence));
    }

    private static async Task<Incident> LinkedAsync(Scene scene, Guid incident)
    {
        await scene.LinkAsync();
        return await scene.SeeAsync(incident);
    }
}
