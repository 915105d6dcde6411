using System.Net;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Incidents;

public sealed class IncidentPagesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task An_incident_entered_by_hand_is_tied_to_the_release_before_it_and_counts_as_its_failure()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        organization.Deploy(2, "Deploy checkout");
        await organization.SaveAsync();

        var entered = await EnterAsync(organization, "Checkout is down", hoursAgo: 40, lastedHours: 2);
        Assert.Contains("Deploy checkout", entered.Document.QuerySelector("#cause")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("Checkout is down", entered.Document.QuerySelector("#timeline")?.TextContent, StringComparison.Ordinal);

        var dashboard = (await organization.SeeAsync("")).Document;
        Assert.Equal("100 %", dashboard.QuerySelector("#kpi-change-failure-rate .kpi-number")?.TextContent);
        Assert.Equal("2.0 h", dashboard.QuerySelector("#kpi-recovery .kpi-number")?.TextContent);
        var rows = (await organization.SeeAsync("/incidents?state=resolved")).Document.QuerySelectorAll("#incidents tbody tr");
        Assert.Contains("Checkout is down", Assert.Single(rows).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saying_that_no_deployment_brought_it_takes_the_failure_back()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        organization.Deploy(2);
        await organization.SaveAsync();
        var entered = await EnterAsync(organization, "Slow search", hoursAgo: 40, lastedHours: 1);

        var unlink = Assert.Single(entered.Document.QuerySelectorAll("button[formaction*='Unlink']"));
        var token = entered.Document.QuerySelector("input[name='__RequestVerificationToken']")!.GetAttribute("value")!;
        var unlinked = await organization.Browser.PostAsync(unlink.GetAttribute("formaction")!, [new("__RequestVerificationToken", token)]);
        Assert.Contains("A member said that no deployment brought it", (await organization.Browser.FollowAsync(unlinked)).Text, StringComparison.Ordinal);
        Assert.Equal("0 %", (await organization.SeeAsync("")).Document.QuerySelector("#kpi-change-failure-rate .kpi-number")?.TextContent);
    }

    [Fact]
    public async Task What_is_wrong_in_the_form_stands_at_its_field_and_what_was_typed_stays()
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        var answer = await organization.Browser.SubmitAsync(
            $"/o/{organization.Slug}/incidents/new",
            ("Form.Title", "Down"), ("Form.StartedAt", "2026-03-02T10:00"), ("Form.ResolvedAt", "2026-03-01T10:00"));
        Assert.Contains("cannot end before it starts", answer.Text, StringComparison.Ordinal);
        Assert.Equal("Down", answer.Document.QuerySelector("#Form_Title")?.GetAttribute("value"));
    }

    [Fact]
    public async Task M23_incidents_are_merged_and_split_on_their_page()
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        var first = await EnterAsync(organization, "Checkout is down", hoursAgo: 40, lastedHours: 2);
        var second = await EnterAsync(organization, "Alert 42", hoursAgo: 41, lastedHours: 2);

        var into = second.Document.QuerySelector("#into option")!.GetAttribute("value")!;
        var merged = await PostAsync(organization, second, "Merge", ("intoId", into));
        Assert.Contains("the same incident as Checkout is down", merged.Document.QuerySelector("#merged")?.TextContent,
            StringComparison.Ordinal);
        Assert.Equal("3.0 h",
            (await organization.SeeAsync("")).Document.QuerySelector("#kpi-recovery .kpi-number")?.TextContent);
        var kept = await organization.SeeAsync($"/incidents/{into}");
        Assert.Contains("Alert 42", kept.Document.QuerySelector("#merged")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("Alert 42", kept.Document.QuerySelector("#timeline")?.TextContent, StringComparison.Ordinal);

        var split = await PostAsync(organization, merged, "Split");
        Assert.Contains("Undo split", split.Document.QuerySelector("#merged")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("2.0 h",
            (await organization.SeeAsync("")).Document.QuerySelector("#kpi-recovery .kpi-number")?.TextContent);
        Assert.DoesNotContain("Undo split",
            (await PostAsync(organization, split, "MergeByRule")).Document.QuerySelector("#merged")?.TextContent,
            StringComparison.Ordinal);
        Assert.NotNull(first.Document.QuerySelector("#merged"));
    }

    [Fact]
    public async Task M22_a_deployment_that_started_after_the_incident_is_linked_with_a_check_mark_only()
    {
        var organization = (await MeasuredOrganization.FoundAsync(app)).WithService();
        organization.Deploy(1, "Deploy search");
        await organization.SaveAsync();
        var entered = await EnterAsync(organization, "Search is slow", hoursAgo: 40, lastedHours: 1);

        var deployment = entered.Document.QuerySelector("#deployment option")!.GetAttribute("value")!;
        var refused = await PostAsync(organization, entered, "Link", ("deploymentId", deployment));
        Assert.Contains("after the incident did", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Deploy search, finished", refused.Text, StringComparison.Ordinal);
        var forced = await PostAsync(organization, entered, "Link", ("deploymentId", deployment), ("force", "true"));
        Assert.Contains("Deploy search", forced.Document.QuerySelector("#cause p a")?.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_incident_is_not_found()
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await organization.SeeAsync($"/incidents/{Guid.NewGuid()}")).Response.StatusCode);
    }

    private static async Task<Seen> PostAsync(MeasuredOrganization organization, Seen page, string handler,
        params (string, string)[] fields)
    {
        var token = page.Document.QuerySelector("input[name='__RequestVerificationToken']")!.GetAttribute("value")!;
        var posted = await organization.Browser.PostAsync(
            $"{page.Response.RequestMessage!.RequestUri!.AbsolutePath}?handler={handler}",
            [new("__RequestVerificationToken", token),
                .. fields.Select(field => new KeyValuePair<string, string>(field.Item1, field.Item2))]);
        return await organization.Browser.FollowAsync(posted);
    }

    private static async Task<Seen> EnterAsync(MeasuredOrganization organization, string title, double hoursAgo, double lastedHours)
    {
        var started = DateTime.UtcNow.AddHours(-hoursAgo);
        var entered = await organization.Browser.SubmitAsync(
            $"/o/{organization.Slug}/incidents/new",
            ("Form.Title", title),
            ("Form.StartedAt", started.ToString("yyyy-MM-ddTHH:mm", null)),
            ("Form.ResolvedAt", started.AddHours(lastedHours).ToString("yyyy-MM-ddTHH:mm", null)));
        return await organization.Browser.FollowAsync(entered);
    }
}
