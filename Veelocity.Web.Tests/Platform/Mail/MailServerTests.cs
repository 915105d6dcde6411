using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Tests.Organizations.Invitations;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Platform.Mail;

public sealed class MailServerTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_waits_for_a_server_that_is_down_says_so_and_comes_when_it_is_up()
    {
        var port = MailDev.FreePort();
        await using var app = await StartAsync(port);
        using var acme = await Inviting.StartAsync(app, "Acme\r\nBcc: all@example.com <script>");
        var email = Inviting.NewAddress();
        var told = await acme.Browser.FollowAsync(await acme.InviteAsync(email));
        Assert.Contains("is on its way", told.Text, StringComparison.Ordinal);
        Assert.Null(told.Document.GetElementById("invitation-link"));
        await UntilAsync(async () => (await acme.Browser.GetAsync(acme.Page)).Text.Contains("Could not be sent: The mail server", StringComparison.Ordinal));

        await using var server = await MailDev.StartAsync(port);
        var mail = await server.ReadAsync(email);
        Assert.Single(await server.AllAsync(email));
        Assert.DoesNotContain("bcc", mail.Headers.EnumerateObject().Select(h => h.Name), StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("http://veelocity.example/invitations/", mail.Text, StringComparison.Ordinal);
        await UntilAsync(async () => (await acme.Browser.GetAsync(acme.Page)).Text.Contains("Sent just now", StringComparison.Ordinal));

        using var newcomer = app.Browser();
        await newcomer.SubmitAsync(mail.Path, ("FullName", "Grace"), ("Password", Someone.Password));
        await using var db = app.Database.Open();
        Assert.True((await db.Users.SingleAsync(u => u.Email == email, Now)).EmailConfirmed);
        Assert.Null((await db.Mails.SingleAsync(m => m.Recipient == email, Now)).ProtectedBody);

        // Two an hour, here.
        Assert.Contains("is on its way", (await acme.Browser.FollowAsync(await acme.InviteAsync(Inviting.NewAddress()))).Text, StringComparison.Ordinal);
        Assert.Contains("as many invitations as may be sent", (await acme.Browser.FollowAsync(await acme.InviteAsync(Inviting.NewAddress()))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Veelocity__Mail__From", "Veelocity__Mail__Host", "smtp.example")]
    [InlineData("Veelocity__Mail__Host", "Veelocity__Mail__User", "me")]
    public async Task A_missing_piece_stops_the_start_and_is_named(string missing, string key, string value)
    {
        await using var database = await Database.TestDatabase.CreateAsync();
        await using var process = AppProcess.Start(("ConnectionStrings__Veelocity", database.ConnectionString), (key, value));
        await process.EndAsync(Now);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains($"{missing} is missing", process.Output, StringComparison.Ordinal);
    }

    private static async Task<TestApp> StartAsync(int port)
    {
        var app = new TestApp();
        app.SendMailsTo(port);
        app.Settings["Veelocity:Security:InvitationsPerHour"] = "2";
        await app.InitializeAsync();
        return app;
    }

    private static Task UntilAsync(Func<Task<bool>> isSo) => Wait.UntilAsync(isSo, "It did not come to that.");
}
