using System.Globalization;
using Microsoft.Extensions.Options;
using Veelocity.Web.Platform.Postgres;

namespace Veelocity.Web.Platform.Mail;

/// <summary>Writes mails as files into the data directory's outbox, where no mail server is configured.</summary>
internal sealed class OutboxMailer(IConfiguration configuration, IOptions<MailOptions> options, TimeProvider clock) : IMailer
{
    public bool ReachesPeople => false;

    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var folder = Path.Combine(PostgresModule.DataDirectory(configuration), "outbox");
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss}-{mail.Id:N}.eml"));
        try
        {
            Directory.CreateDirectory(folder);
            // Links in mails are secrets: for the operator's eyes only.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            await using (var written = File.Create(file + ".part"))
                await MailText.Write(mail, options.Value.From, now).WriteToAsync(written, cancellation);
            File.Move(file + ".part", file, overwrite: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new MailException("The outbox folder in the data directory cannot be written.", isFinal: false, failed);
        }
    }
}
