namespace Veelocity.Web.Platform.Mail;

/// <summary>A mail as it goes out.</summary>
public sealed record OutgoingMail(Guid Id, string To, string Subject, string Text, string Html);

/// <summary>Hands a mail on: to a mail server, or to the outbox folder.</summary>
public interface IMailer
{
    /// <summary>Whether mails reach their readers; when not, whoever asked for one has to hand on its link.</summary>
    bool ReachesPeople { get; }

    /// <exception cref="MailException">It could not be handed on; the message says why.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken cancellation);
}

/// <summary>Why a mail could not be handed on, in words for whoever reads its state.</summary>
public sealed class MailException(string message, bool isFinal, Exception inner) : Exception(message, inner)
{
    /// <summary>Whether trying again would end the same way, such as for an address that does not exist.</summary>
    public bool IsFinal { get; } = isFinal;
}
