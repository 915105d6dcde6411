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
    public async Task M22_a_hotfix_ends_it_and_leaves_the_cause_to_the_window()
    {
        await using var scene = await Scene.SetAsync();
        var before = scene.Release("v1", 42);
        var hotfix = scene.Release("v2", 52);
        scene.Pull(51, hotfix, deployed: 52, branch: "hotfix/checkout");
        var incident = await LinkedAsync(scene, scene.Incident(50, 53));
        Assert.Equal((before, IncidentLinkMethod.Window, hotfix),
            (incident.DeploymentId, incident.LinkMethod, incident.FixDeploymentId));
    }

    [Fact]
    public async Task M22_an_open_incident_keeps_its_cause_whatever_is_rolled_back_later()
    {
        await using var scene = await Scene.SetAsync();
        scene.Release("v1", 1);
        var cause = scene.Release("v2", 9);
        var incident = scene.Incident(10);
        await scene.LinkAsync();
        var later = scene.Release("v3", 11);
        scene.Release("v2", 12, takesBack: later);
        var much = scene.Release("v4", 90);
        scene.Release("v2", 99, takesBack: much);
        var linked = await LinkedAsync(scene, incident);
        Assert.Equal((cause, IncidentLinkMethod.Window, null),
            (linked.DeploymentId, linked.LinkMethod, linked.FixDeploymentId));
    }

    [Fact]
    public async Task M22_no_rule_picks_a_deployment_that_started_after_the_incident()
    {
        await using var scene = await Scene.SetAsync();
        var cause = scene.Release("v1", 9);
        var after = scene.Release("abcdef0123", 11);
        scene.Release("v1", 12, takesBack: after);
        var incident = await LinkedAsync(scene, scene.Incident(10, 13, cause: "abcdef0123"));
        Assert.Equal((cause, IncidentLinkMethod.Window), (incident.DeploymentId, incident.LinkMethod));
        Assert.Null(incident.UnlinkedCauses); // a bare word may be anything
    }

    [Fact]
    public async Task M22_a_fix_that_started_before_the_end_counts_also_when_it_finished_after()
    {
        await using var scene = await Scene.SetAsync();
        scene.Release("v1", 1);
        var broken = scene.Release("v2", 5);
        scene.Release("v3", 9);
        var rollback = scene.Release("v1", 14, takesBack: broken, started: 12);
        var incident = await LinkedAsync(scene, scene.Incident(10, 13));
        Assert.Equal((broken, rollback), (incident.DeploymentId, incident.FixDeploymentId));
    }

    [Fact]
    public async Task M22_what_was_being_rolled_out_is_the_cause()
    {
        await using var scene = await Scene.SetAsync();
        scene.Release("v1", 9);
        var rollout = scene.Release("v2", 11.75, started: 11.1);
        Assert.Equal(rollout, (await LinkedAsync(scene, scene.Incident(11.3, 12))).DeploymentId);
    }

    [Fact]
    public async Task M12_an_incident_after_a_repeat_belongs_to_what_it_repeats_and_the_window_starts_with_the_repeat()
    {
        await using var scene = await Scene.SetAsync();
        var release = scene.Release("v1", 1);
        scene.Release("v1", 40, isRepeat: true);
        var incident = await LinkedAsync(scene, scene.Incident(50, 51));
        Assert.Equal((release, IncidentLinkMethod.Window), (incident.DeploymentId, incident.LinkMethod));
    }

    [Theory]
    [InlineData("https://github.example/acme/web/commit/abcdef0123456789abcdef0123456789abcdef01", true)]
    [InlineData("https://github.example/acme/api/commit/abcdef0123456789abcdef0123456789abcdef01", false)]
    [InlineData("https://github.example/acme/web/actions/runs/42/job/7", true)]
    [InlineData("https://github.example/acme/web/actions/runs/43", false)]
    [InlineData("https://github.example/acme/web/deployments/production", false)]
    [InlineData("https://github.example/acme/web/commit/0000000000000000000000000000000000000000", false)]
    public async Task M22_a_reference_links_its_one_deployment_or_is_reported(string cause, bool isLinked)
    {
        await using var scene = await Scene.SetAsync();
        var named = scene.Release("abcdef0123456789abcdef0123456789abcdef01", 1,
            url: "https://github.example/acme/web/actions/runs/42");
        var latest = scene.Release("v2", 9, url: "https://github.example/acme/web/deployments/production");
        var incident = await LinkedAsync(scene, scene.Incident(10, 12, cause: cause));
        Assert.Equal(
            isLinked ? (named, IncidentLinkMethod.Named, null) : (latest, IncidentLinkMethod.Window, cause),
            (incident.DeploymentId!.Value, incident.LinkMethod!.Value, incident.UnlinkedCauses));
    }

    [Fact]
    public async Task M22_a_commit_means_the_latest_deployment_of_it_before_the_incident()
    {
        await using var scene = await Scene.SetAsync();
        scene.Release("abcdef0123", 1);
        scene.Release("v2", 3);
        var second = scene.Release("abcdef0123", 5);
        scene.Release("v3", 9);
        scene.Release("abcdef0123", 11);
        Assert.Equal(second, (await LinkedAsync(scene, scene.Incident(10, 12, cause: "abcdef0123"))).DeploymentId);
    }

    [Fact]
    public async Task M22_a_commit_that_came_with_another_is_found_by_its_pull_request()
    {
        await using var scene = await Scene.SetAsync();
        var shipped = scene.Release("v1", 2);
        scene.Pull(1, shipped, deployed: 2, mergeSha: "abcdef0123456789abcdef0123456789abcdef01");
        scene.Release("v2", 9);
        Assert.Equal(shipped,
            (await LinkedAsync(scene,
            scene.Incident(10, 12, cause: "abcdef0123456789abcdef0123456789abcdef01"))).DeploymentId);
    }

    [Fact]
    public async Task M22_one_that_names_a_repository_no_service_covers_is_unlinked_also_with_one_service_only()
    {
        await using var scene = await Scene.SetAsync();
        scene.OnlyOneService();
        scene.Release("v1", 9);
        Assert.Null((await LinkedAsync(scene, scene.Incident(10, 12, service: null, namesOther: true))).DeploymentId);
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
    [InlineData("https://github.example/builds/abcdef0123/1")]
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

    [Theory]
    [InlineData("prod-eu", true)]
    [InlineData("non-prod", false)]
    public async Task M13_an_environment_without_deployments_goes_by_its_name(string environment, bool isProduction)
    {
        await using var scene = await Scene.SetAsync();
        Assert.Equal(isProduction, (await LinkedAsync(scene, scene.Incident(10, 12, service: null, environment: environment))).IsProduction);
    }

    private static async Task<Incident> LinkedAsync(Scene scene, Guid incident)
    {
        await scene.LinkAsync();
        return await scene.SeeAsync(incident);
    }
}
