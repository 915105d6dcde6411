using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

public sealed class InvitationTests(RunningApp app) : Journey(app)
{
    [Fact]
    public async Task An_invited_person_reads_the_mail_joins_as_Viewer_and_is_out_once_removed()
    {
        var ada = await App.Api.RegisterAsync();
        var slug = await App.Api.FoundAsync(ada, "Acme");
        var email = $"grace-{Guid.NewGuid():N}@example.com";
        var admin = (await VisitAsync(ada)).Page;
        await admin.GotoAsync($"/o/{slug}/settings/members");
        await admin.GetByRole(AriaRole.Link, new() { Name = "Invite someone" }).ClickAsync();
        await admin.GetByLabel("Email address").FillAsync(email);
        await admin.GetByRole(AriaRole.Button, new() { Name = "Send invitation" }).ClickAsync();
        await Expect(admin.Locator("#invitations tbody tr")).ToContainTextAsync(email);

        var mail = await App.Mails.ReadAsync(email);
        Assert.Contains("Ada Lovelace invites you to Acme", mail.Subject, StringComparison.Ordinal);
        await admin.ReloadAsync();
        await Expect(admin.Locator("#invitations tbody tr")).ToContainTextAsync("Sent");

        var visit = await VisitAsync();
        var newcomer = visit.Page;
        await newcomer.GotoAsync(mail.Path);
        await newcomer.GetByLabel("Full name").FillAsync("Grace Hopper");
        await newcomer.GetByLabel("Password").FillAsync(Person.Password);
        await newcomer.GetByRole(AriaRole.Button, new() { Name = "Create account and join" }).ClickAsync();
        await Expect(newcomer.GetByText("You belong to Acme now.")).ToBeVisibleAsync();
        await newcomer.GotoAsync($"/o/{slug}/settings/members");
        await Expect(newcomer.Locator("#invitations")).ToHaveCountAsync(0);
        await Expect(newcomer.Locator("#members a.name-line")).ToHaveCountAsync(0);

        await admin.GotoAsync($"/o/{slug}/settings/members");
        await admin.GetByRole(AriaRole.Link, new() { Name = "Grace Hopper" }).ClickAsync();
        await admin.GetByText("Remove from Acme").ClickAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Remove Grace Hopper" }).ClickAsync();
        await Expect(admin.GetByText("no longer belongs to Acme")).ToBeVisibleAsync();

        visit.Expect(404);
        var answer = await newcomer.GotoAsync($"/o/{slug}");
        Assert.Equal(404, answer!.Status);
    }
}
