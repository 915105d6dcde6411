using System.ComponentModel.DataAnnotations;
using MimeKit;

namespace Veelocity.Web.Platform.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    StartTls,
    Tls,
    None,
}

/// <summary>The mail server (<c>Veelocity:Mail</c>); without a host, mails are written into the outbox folder.</summary>
public sealed record MailOptions : IValidatableObject
{
    public const string Section = "Veelocity:Mail";

    public string? Host { get; init; }
    public int? Port { get; init; }
    public MailSecurity Security { get; init; } = MailSecurity.StartTls;
    public string? User { get; init; }
    public string? Password { get; init; }

    /// <summary>The sender: <c>veelocity@example.com</c> or <c>Veelocity &lt;veelocity@example.com&gt;</c>.</summary>
    public string? From { get; init; }

    public bool HasServer => !string.IsNullOrWhiteSpace(Host);

    public int PortOrDefault => Port ?? Security switch { MailSecurity.Tls => 465, MailSecurity.StartTls => 587, _ => 25 };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!HasServer && !(string.IsNullOrWhiteSpace(User) && string.IsNullOrWhiteSpace(Password)))
            yield return Missing(nameof(Host), "name the mail server that the user and password are for");
        if (HasServer && string.IsNullOrWhiteSpace(From))
            yield return Missing(nameof(From), "give the sender's address, such as Veelocity <veelocity@example.com>");
        if (!string.IsNullOrWhiteSpace(From) && (!MailboxAddress.TryParse(From, out var from) || !from.Address.Contains('@', StringComparison.Ordinal)))
            yield return new ValidationResult($"Veelocity__Mail__From is '{From}', which is no address: write veelocity@example.com or Veelocity <veelocity@example.com>.", [nameof(From)]);
        if (Port is < 1 or > 65_535)
            yield return new ValidationResult("Veelocity__Mail__Port must be between 1 and 65535.", [nameof(Port)]);
        if (string.IsNullOrWhiteSpace(User) != string.IsNullOrWhiteSpace(Password))
            yield return Missing(string.IsNullOrWhiteSpace(User) ? nameof(User) : nameof(Password), "the mail server needs both or neither");
        if (HasServer && Security == MailSecurity.None && !string.IsNullOrWhiteSpace(Password))
            yield return new ValidationResult("Veelocity__Mail__Security is None, which would send the password in clear: use StartTls or Tls.", [nameof(Security)]);
    }

    private static ValidationResult Missing(string key, string what) => new($"Veelocity__Mail__{key} is missing: {what}.", [key]);
}
