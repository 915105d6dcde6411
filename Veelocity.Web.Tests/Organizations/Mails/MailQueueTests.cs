using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Mails;
using Veelocity.Web.Platform.Mail;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Organizations.Mails;

public sealed class MailQueueTests : IAsyncLifetime
{
    private static readonly Letter Hello = new("Hello", ["Good morning."], null, "You asked for it.");

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly EphemeralDataProtectionProvider keys = new();
    private readonly MailerOfTests mailer = new();
    private TestDatabase database = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_mail_that_the_server_refuses_is_tried_twelve_times_and_then_given_up_with_the_reason()
    {
        mailer.Fault = new MailException("The mail server refused it: later", isFinal: false, new IOException());
        await AddAsync("a@example.com");
        var pauses = new List<double>();
        while (await SentOneAsync())
        {
            var mail = await ReadAsync("a@example.com");
            if (!mail.IsOpen) break;
            Assert.False(await SentOneAsync()); // not before its time
            pauses.Add((mail.DueAt - clock.GetUtcNow()).TotalSeconds);
            clock.SetUtcNow(mail.DueAt);
        }
        Assert.Equal([5, 15, 45, 135, 405, 1215, 3600, 3600, 3600, 3600, 3600], pauses);
        var given = await ReadAsync("a@example.com");
        Assert.Equal((12, 12, true), (mailer.Tries, given.Attempts, given.GivenUpAt is not null));
        Assert.Equal("The mail server refused it: later", given.Problem);
        Assert.Null(given.ProtectedBody);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.False(await SentOneAsync());
    }

    [Fact]
    public async Task A_mail_that_breaks_does_not_hold_up_the_one_behind_it()
    {
        mailer.Fault = new FormatException("no address");
        await AddAsync("broken@example.com");
        clock.Advance(TimeSpan.FromSeconds(1));
        await AddAsync("good@example.com");
        Assert.True(await SentOneAsync());
        mailer.Fault = null;
        Assert.True(await SentOneAsync());
        Assert.NotNull((await ReadAsync("good@example.com")).SentAt);
        var broken = await ReadAsync("broken@example.com");
        Assert.Equal((true, 1), (broken.IsOpen, broken.Attempts));
        Assert.Contains("the log", broken.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_deleted_while_it_is_sent_is_no_trouble()
    {
        await AddAsync("gone@example.com");
        mailer.Meanwhile = async () =>
        {
            await using var db = database.Open();
            using var installation = db.ForInstallation();
            await db.Mails.ExecuteDeleteAsync(Now);
        };
        Assert.True(await SentOneAsync());
        Assert.False(await SentOneAsync());
    }

    private MailQueue Queue(VeelocityDb db) => new(db, mailer, keys, clock, NullLogger<MailQueue>.Instance);

    private async Task AddAsync(string to)
    {
        await using var db = database.Open();
        using var installation = db.ForInstallation();
        Queue(db).Add(null, to, Hello);
        await db.SaveChangesAsync(Now);
    }

    private async Task<bool> SentOneAsync()
    {
        await using var db = database.Open();
        return await Queue(db).SendNextAsync(Now);
    }

    private async Task<QueuedMail> ReadAsync(string to)
    {
        await using var db = database.Open();
        using var installation = db.ForInstallation();
        return await db.Mails.SingleAsync(m => m.Recipient == to, Now);
    }

    private sealed class MailerOfTests : IMailer
    {
        public bool ReachesPeople => true;

        public Exception? Fault { get; set; }

        public Func<Task>? Meanwhile { get; set; }

        public int Tries { get; private set; }

        public async Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
        {
            Tries++;
            if (Meanwhile is not null) await Meanwhile();
            if (Fault is not null) throw Fault;
        }
    }
}
