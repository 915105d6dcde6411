using System.ComponentModel.DataAnnotations;
using MimeKit;

namespace Veelocity.Web.Platform.Mail;

/// <summary>One plain address to which a mail can be sent: no name, no list, no line break.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MailAddressAttribute() : ValidationAttribute("Enter an address in the form name@example.com.")
{
    private static readonly EmailAddressAttribute Form = new();

    public override bool IsValid(object? value) =>
        value is null or "" || value is string text && text.Trim() is var address && !address.Any(char.IsControl) && Form.IsValid(address)
            && MailboxAddress.TryParse(address, out var mailbox) && mailbox.Address == address;
}
