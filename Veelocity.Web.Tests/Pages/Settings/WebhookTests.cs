using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Settings;

public sealed class WebhookTests(TestApp app)
{
    private const string Page = "/settings/webhook";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_connection_it_says_what_comes_first()
    {
        var organization = await MeasuredOrganization.FoundAsync(app);
        var page = await organization.SeeAsync(Page);
        Assert.Contains("Connect it first", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.GetElementById("webhook-on"));
        Assert.Null(page.Document.GetElementById("deliveries"));
    }

    [Fact]
    public async Task Turned_on_it_gives_address_and_secret_and_hides_the_secret_until_it_is_asked_for()
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        var made = await TurnOnAsync(organization);
        var secret = SecretIn(made);
        Assert.Matches("^[0-9a-f]{64}$", secret);
        Assert.Matches("^http://127.0.0.1:[0-9]+/webhooks/github/[0-9a-f-]{36}$", ((IHtmlInputElement)made.Document.GetElementById("webhook-address")!).Value);
        Assert.Contains("Connectors__PublicUrl", made.Text, StringComparison.Ordinal); // nobody outside reaches 127.0.0.1

        Assert.DoesNotContain(secret, (await organization.SeeAsync(Page)).Html, StringComparison.Ordinal);
        var shown = await organization.SeeAsync(Page + "?reveal=true");
        Assert.Equal(secret, SecretIn(shown));
        Assert.Contains("no-store", shown.Response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Contains("listening", (await organization.SeeAsync("/settings")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_can_be_changed_and_erased()
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        var first = SecretIn(await TurnOnAsync(organization));
        var page = await organization.SeeAsync(Page);
        var second = await organization.Browser.FollowAsync(await PostAsync(organization, page, "webhook-rotate"));
        Assert.NotEqual(first, SecretIn(second));
        Assert.Contains("The one before is accepted until", second.Text, StringComparison.Ordinal);

        var off = await organization.Browser.FollowAsync(await PostAsync(organization, second, "webhook-off"));
        Assert.Contains("its secret erased", off.Text, StringComparison.Ordinal);
        Assert.NotNull(off.Document.GetElementById("webhook-on"));
    }

    [Theory]
    [InlineData(Role.Manager, HttpStatusCode.OK)]
    [InlineData(Role.Viewer, HttpStatusCode.Forbidden)]
    public async Task Only_an_admin_sees_or_changes_the_secret(Role role, HttpStatusCode seeing)
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        var made = await TurnOnAsync(organization);
        await using (var db = app.Database.Open())
        {
            await db.Memberships.IgnoreQueryFilters().Where(m => m.OrganizationId == db.Organizations.First(o => o.Slug == organization.Slug).Id)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, role), Now);
        }
        var page = await organization.SeeAsync(Page + "?reveal=true");
        Assert.Equal(seeing, page.Status);
        Assert.DoesNotContain(SecretIn(made), page.Html, StringComparison.Ordinal);
        Assert.Null(page.Document.GetElementById("webhook-off"));
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(organization, made, "webhook-rotate")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(organization, made, "webhook-off")).Status);
    }

    [Fact]
    public async Task Deliveries_are_told_in_words_and_only_the_own_ones()
    {
        var organization = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        await using (var db = app.Database.Open())
        {
            var connection = await db.Connections.IgnoreQueryFilters()
                .SingleAsync(c => c.OrganizationId == db.Organizations.First(o => o.Slug == organization.Slug).Id, Now);
            for (var number = 0; number < 30; number++)
            {
                var delivery = new WebhookDelivery
                {
                    OrganizationId = connection.OrganizationId,
                    ConnectionId = connection.Id,
                    DeliveryId = $"{number}",
                    Event = "pull_request",
                    Action = "closed",
                    RepositoryName = "acme/shop",
                    ReceivedAt = DateTimeOffset.UtcNow.AddMinutes(-number),
                };
                delivery.Apply(number == 0 ? 3 : 0, null, delivery.ReceivedAt.AddSeconds(2));
                if (number == 1) delivery.Fail("github.example could not be reached.", DateTimeOffset.UtcNow);
                else delivery.Finish(DateTimeOffset.UtcNow);
                db.Add(delivery);
            }
            await db.SaveChangesAsync(Now);
        }
        var page = await organization.SeeAsync(Page);
        var rows = page.Document.QuerySelectorAll("#deliveries tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal(25, rows.Count);
        Assert.Contains("pull_request · closed", rows[0], StringComparison.Ordinal);
        Assert.Contains("Read", rows[0], StringComparison.Ordinal);
        Assert.Contains("Failed", rows[1], StringComparison.Ordinal);
        Assert.Contains("github.example could not be reached.", rows[1], StringComparison.Ordinal);
        Assert.Contains("Nothing new", rows[2], StringComparison.Ordinal);
        Assert.Contains("30 deliveries", page.Text, StringComparison.Ordinal);
        Assert.Equal(5, (await organization.SeeAsync(Page + "?page=2")).Document.QuerySelectorAll("#deliveries tbody tr").Length);

        var other = await (await MeasuredOrganization.FoundAsync(app)).WithService().SaveAsync();
        Assert.Empty((await other.SeeAsync(Page)).Document.QuerySelectorAll("#deliveries tbody tr"));
    }

    private static async Task<Seen> TurnOnAsync(MeasuredOrganization organization) =>
        await organization.Browser.FollowAsync(await organization.Browser.SubmitAsync($"/o/{organization.Slug}{Page}"));

    private static string SecretIn(Seen page) => ((IHtmlInputElement)page.Document.GetElementById("webhook-secret")!).Value;

    /// <summary>Presses a button of a page that was seen before, whatever has changed since.</summary>
    private static Task<Seen> PostAsync(MeasuredOrganization organization, Seen page, string button)
    {
        var form = (IHtmlFormElement)page.Document.GetElementById(button)!.Closest("form")!;
        return organization.Browser.PostAsync(
            form.GetAttribute("action")!,
            form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Select(hidden => KeyValuePair.Create(hidden.Name!, hidden.Value)));
    }
}
