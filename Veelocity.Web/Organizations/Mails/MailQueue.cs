using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Mail;

namespace Veelocity.Web.Organizations.Mails;

/// <summary>
/// The mails to send. <see cref="Add"/> joins what the caller is about to save, so that a mail goes out exactly when what it tells of happened.
/// </summary>
public sealed partial class MailQueue(
    VeelocityDb db, IMailer mailer, IDataProtectionProvider protection, TimeProvider clock, ILogger<MailQueue> logger)
{
    // Longer than a try takes: what a killed instance had in hand is taken up again after it.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    private const int LongestSubject = 300;

    private sealed record Body(string Text, string Html);

    public QueuedMail Add(Guid? organizationId, string recipient, Letter letter)
    {
        var now = clock.GetUtcNow();
        var subject = letter.Subject.Length <= LongestSubject ? letter.Subject : letter.Subject[..LongestSubject];
        var mail = new QueuedMail { OrganizationId = organizationId, Recipient = recipient, Subject = subject, QueuedAt = now, DueAt = now };
        mail.ProtectedBody = For(mail.Id).Protect(JsonSerializer.Serialize(new Body(letter.Text(), letter.Html())));
        db.Add(mail);
        return mail;
    }

    /// <summary>Sends one mail that is due, beside other instances that do the same. False when none was.</summary>
    public async Task<bool> SendNextAsync(CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        using var installation = db.ForInstallation();
        var now = clock.GetUtcNow();
        var until = now + Lease;
        var taken = await db.Mails.FromSql($"""
            UPDATE mails SET due_at = {until}
            WHERE id = (
                SELECT id FROM mails WHERE sent_at IS NULL AND given_up_at IS NULL AND due_at <= {now}
                ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).ToListAsync(cancellation);
        if (taken is not [var mail]) return false;
        await SendAsync(mail, cancellation);
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Its organization or invitation was deleted meanwhile, and the mail with it.
        }
        return true;
    }

    public async Task PruneAsync(CancellationToken cancellation)
    {
        using var installation = db.ForInstallation();
        var oldest = clock.GetUtcNow() - KeptFor;
        await db.Mails.Where(m => (m.SentAt != null || m.GivenUpAt != null) && m.QueuedAt < oldest).ExecuteDeleteAsync(cancellation);
    }

    private async Task SendAsync(QueuedMail mail, CancellationToken cancellation)
    {
        if (mail.ProtectedBody is null)
        {
            mail.GiveUp("What it said is gone. Send it again.", clock.GetUtcNow());
            return;
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Longest);
        try
        {
            var body = JsonSerializer.Deserialize<Body>(For(mail.Id).Unprotect(mail.ProtectedBody))!;
            await mailer.SendAsync(new OutgoingMail(mail.Id, mail.Recipient, mail.Subject, body.Text, body.Html), patience.Token);
            mail.Sent(clock.GetUtcNow());
        }
        catch (CryptographicException)
        {
            mail.GiveUp("It can no longer be read, because its encryption key is gone. Send it again.", clock.GetUtcNow());
        }
        catch (MailException final) when (final.IsFinal)
        {
            mail.GiveUp(final.Message, clock.GetUtcNow());
        }
        catch (MailException failed)
        {
            mail.Fail(failed.Message, clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            mail.Fail("The mail server took too long.", clock.GetUtcNow());
        }
        catch (Exception unforeseen) when (unforeseen is not OperationCanceledException)
        {
            // One mail that breaks must not hold up those behind it.
            LogBroken(unforeseen, mail.Id);
            mail.Fail("It could not be written or handed on; the log of the app says why.", clock.GetUtcNow());
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {MailId} could not be sent")]
    private partial void LogBroken(Exception broken, Guid mailId);

    private IDataProtector For(Guid mailId) => protection.CreateProtector("Veelocity.Mail", mailId.ToString("N"));
}
