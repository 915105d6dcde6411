using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Veelocity.Web.Platform.Mail;

/// <summary>Hands mails to the configured mail server.</summary>
internal sealed class SmtpMailer(IOptions<MailOptions> options, TimeProvider clock) : IMailer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private const int FirstFinalStatus = 500;

    public bool ReachesPeople => true;

    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        var mailbox = options.Value;
        var server = FormattableString.Invariant($"{mailbox.Host}:{mailbox.PortOrDefault}");
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(mailbox.Host!, mailbox.PortOrDefault, Socket(mailbox.Security), cancellation);
            if (!string.IsNullOrWhiteSpace(mailbox.User))
                await client.AuthenticateAsync(mailbox.User, mailbox.Password!, cancellation);
            await client.SendAsync(MailText.Write(mail, mailbox.From, clock.GetUtcNow()), cancellation);
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (SmtpCommandException refused)
        {
            var isFinal = refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)refused.StatusCode >= FirstFinalStatus;
            throw new MailException($"The mail server refused it: {MailText.OneLine(refused.Message)}", isFinal, refused);
        }
        catch (AuthenticationException refused)
        {
            throw new MailException("The mail server refused the user name or password.", isFinal: false, refused);
        }
        catch (SslHandshakeException refused)
        {
            throw new MailException($"No protected connection to the mail server {server}: its certificate or TLS was not accepted.", isFinal: false, refused);
        }
        catch (Exception away) when (away is SocketException or IOException or TimeoutException or ProtocolException or NotSupportedException or ServiceNotConnectedException)
        {
            throw new MailException($"The mail server {server} does not answer as a mail server does.", isFinal: false, away);
        }
    }

    private static SecureSocketOptions Socket(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
