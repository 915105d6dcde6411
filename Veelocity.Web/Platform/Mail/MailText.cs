using MimeKit;

namespace Veelocity.Web.Platform.Mail;

/// <summary>Writes a mail as it travels: multipart, text and HTML.</summary>
internal static class MailText
{
    private static readonly MailboxAddress Nobody = new("Veelocity", "veelocity@localhost");

    public static MimeMessage Write(OutgoingMail mail, string? from, DateTimeOffset now)
    {
        var sender = string.IsNullOrWhiteSpace(from) ? Nobody : MailboxAddress.Parse(from);
        var message = new MimeMessage
        {
            Subject = OneLine(mail.Subject),
            Date = now,
            // The same at each try, so that a mail that went out twice is recognized as one.
            MessageId = $"{mail.Id:N}@{sender.Domain}",
            Body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html }.ToMessageBody(),
        };
        message.From.Add(sender);
        message.To.Add(new MailboxAddress("", mail.To));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    // A name with a line break in it must not begin a header of its own.
    internal static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
