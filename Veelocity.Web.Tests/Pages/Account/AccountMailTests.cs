using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Tests.Platform.Mail;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Account;

/// <summary>Through a mail server, where an address has to be confirmed before the first sign-in.</summary>
public sealed partial class AccountMailTests : IAsyncLifetime
{
    private const string Another = "a quite different password";
    private readonly TestApp app = new();
    private MailDev mail = null!;
    private readonly string email = $"{Guid.NewGuid():N}@example.com";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var port = MailDev.FreePort();
        mail = await MailDev.StartAsync(port);
        app.SendMailsTo(port);
        await app.InitializeAsync();
        await app.SomeoneAsync(); // the first of all sets up the mail
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await mail.DisposeAsync();
    }

    [Fact]
    public async Task A_newcomer_signs_in_once_the_link_and_the_password_have_come_together()
    {
        using var browser = app.Browser();
        Assert.Contains("We have sent you a mail", (await browser.FollowAsync(await RegisterAsync(browser))).Text, StringComparison.Ordinal);
        var early = await SignInAsync(browser, Someone.Password);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.Status);
        Assert.Contains("is not confirmed yet", early.Text, StringComparison.Ordinal);

        var letter = await mail.ReadAsync(email);
        Assert.Equal("Confirm your address for Veelocity", letter.Subject);
        Assert.False(await IsConfirmedAsync());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(letter.PathAndQuery)).Status);
        Assert.False(await IsConfirmedAsync()); // a program that looks into mails opens links, too
        var wrong = await browser.SubmitAsync(letter.PathAndQuery, ("Password", Another));
        Assert.Contains("not the password", wrong.Text, StringComparison.Ordinal);
        Assert.False(await IsConfirmedAsync());

        Assert.Equal("/", (await browser.SubmitAsync(letter.PathAndQuery, ("Password", Someone.Password))).Location);
        Assert.True(await IsConfirmedAsync());
        using var later = app.Browser();
        Assert.Equal("/", (await SignInAsync(later, Someone.Password)).Location);
    }

    [Fact]
    public async Task Nobody_learns_by_registering_signing_in_or_asking_for_a_password_whether_an_address_has_an_account()
    {
        using (var owner = app.Browser())
        {
            await RegisterAsync(owner);
            await owner.SubmitAsync((await mail.ReadAsync(email)).PathAndQuery, ("Password", Someone.Password));
        }
        var free = $"{Guid.NewGuid():N}@example.com";
        using var known = app.Browser();
        using var unknown = app.Browser();

        // A stranger's own password on both, until both are locked.
        Assert.Equal(Words(await unknown.FollowAsync(await RegisterAsync(unknown, free, Another))), Words(await known.FollowAsync(await RegisterAsync(known, email, Another))));
        for (var tries = 0; tries < 6; tries++)
        {
            var (taken, untaken) = (await SignInAsync(known, Another), await SignInAsync(unknown, Another, free));
            Assert.Equal((taken.Status, Words(taken)), (untaken.Status, Words(untaken)));
        }
        var (asked, askedFree) = (await AskAsync(known, email), await AskAsync(unknown, $"{Guid.NewGuid():N}@example.com"));
        Assert.Equal((asked.Status, Words(asked)), (askedFree.Status, Words(askedFree)));

        await UntilAsync(async () => (await mail.AllAsync(email)).Count == 3);
        string[] subjects = [.. (await mail.AllAsync(email)).Select(letter => letter.Subject)];
        Assert.Contains("You have an account on Veelocity already", subjects, StringComparer.Ordinal);
        Assert.Contains("Choose a new password for Veelocity", subjects, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_a_link_that_works_once_ends_all_sessions_and_confirms_the_address()
    {
        using var before = app.Browser();
        await RegisterAsync(before);
        await before.SubmitAsync((await mail.ReadAsync(email)).PathAndQuery, ("Password", Someone.Password));
        Assert.Equal(HttpStatusCode.OK, (await before.GetAsync("/account/profile")).Status);

        using var browser = app.Browser();
        await AskAsync(browser, email.ToUpperInvariant());
        await UntilAsync(async () => (await mail.AllAsync(email)).Count == 2);
        var link = (await mail.AllAsync(email)).Single(letter => letter.Subject.StartsWith("Choose", StringComparison.Ordinal)).PathAndQuery;
        var weak = await browser.SubmitAsync(link, ("Password", "aaaaaaaaaaaaaaaa"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, weak.Status);
        Assert.Contains("again and again", weak.Document.QuerySelector("#Password-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/account/login", (await browser.SubmitAsync(link, ("Password", Another))).Location);

        Assert.StartsWith("/account/login", new Uri((await before.GetAsync("/account/profile")).Location!).PathAndQuery, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(browser, Someone.Password)).Status);
        Assert.Equal("/", (await SignInAsync(browser, Another)).Location);
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(link)).Status);
        await UntilAsync(async () => (await mail.AllAsync(email)).Any(letter => letter.Subject == "Your password for Veelocity was changed"));
    }

    [Fact]
    public async Task An_account_that_a_stranger_made_with_ones_address_becomes_ones_own_by_a_new_password()
    {
        using var stranger = app.Browser();
        await RegisterAsync(stranger, email, Another);
        using var owner = app.Browser();
        await AskAsync(owner, email);
        await UntilAsync(async () => (await mail.AllAsync(email)).Count == 2);
        var link = (await mail.AllAsync(email)).Single(letter => letter.Subject.StartsWith("Choose", StringComparison.Ordinal)).PathAndQuery;
        await owner.SubmitAsync(link, ("Password", Someone.Password));

        Assert.Equal("/", (await SignInAsync(owner, Someone.Password)).Location);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(stranger, Another)).Status);
    }

    [Theory]
    [InlineData("/account/confirm-email/")]
    [InlineData("/account/reset-password/")]
    public async Task A_link_that_is_made_up_or_cut_off_is_explained(string page)
    {
        using var browser = app.Browser();
        await using var db = app.Database.Open();
        var someone = await db.Users.Select(u => u.Id).FirstAsync(Now);
        foreach (var address in new[] { $"{page}{someone}?code=made-up", $"{page}{someone}", $"{page}{Guid.NewGuid()}?code=made-up" })
        {
            var answer = await browser.GetAsync(address);
            Assert.Equal(HttpStatusCode.Gone, answer.Status);
            Assert.Contains("cut off", answer.Document.QuerySelector("#why-closed")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_address_gets_no_more_than_five_mails_an_hour_whoever_asks()
    {
        using var browser = app.Browser();
        await RegisterAsync(browser);
        for (var times = 0; times < AccountMails.MostAnHour; times++) await AskAsync(browser, email);
        await using var db = app.Database.Open();
        Assert.Equal(AccountMails.MostAnHour, await db.Mails.CountAsync(m => m.Recipient == email, Now));
    }

    /// <summary>What the page says but for the addresses in it.</summary>
    private static string Words(Seen page) =>
        Address().Replace(string.Join(' ', page.Document.QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), "");

    [GeneratedRegex("[0-9a-f]{32}@example.com", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    private Task<Seen> RegisterAsync(Browser browser) => RegisterAsync(browser, email, Someone.Password);

    private static Task<Seen> RegisterAsync(Browser browser, string address, string password) =>
        browser.SubmitAsync("/account/register", ("FullName", "Grace Hopper"), ("Email", address), ("Password", password));

    private Task<Seen> SignInAsync(Browser browser, string password, string? address = null) =>
        browser.SubmitAsync("/account/login", ("Email", address ?? email), ("Password", password));

    private static Task<Seen> AskAsync(Browser browser, string address) => browser.SubmitAsync("/account/forgot-password", ("Email", address));

    private async Task<bool> IsConfirmedAsync()
    {
        await using var db = app.Database.Open();
        return (await db.Users.SingleAsync(u => u.Email == email, Now)).EmailConfirmed;
    }

    private static Task UntilAsync(Func<Task<bool>> isSo) => Wait.UntilAsync(isSo, "It did not come to that.");
}
