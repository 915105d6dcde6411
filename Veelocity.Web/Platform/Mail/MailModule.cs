using Microsoft.Extensions.Options;

namespace Veelocity.Web.Platform.Mail;

/// <summary>Registers the way mails go out: the configured server, otherwise the outbox folder.</summary>
internal static class MailModule
{
    public static void AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations()
            .Validate<IConfiguration>((_, configuration) => PublicAddress.IsWellFormed(configuration),
                "Veelocity__PublicAddress is no address: write the one that people open, such as https://veelocity.example.com.")
            .Validate<IConfiguration>((mail, configuration) => !mail.HasServer || PublicAddress.Configured(configuration) is not null,
                "Veelocity__PublicAddress is missing: links in mails need the address that people open, such as https://veelocity.example.com.")
            .ValidateOnStart();
        services.AddHttpContextAccessor();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<SmtpMailer>().AddSingleton<OutboxMailer>();
        services.AddSingleton<IMailer>(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.HasServer
            ? provider.GetRequiredService<SmtpMailer>()
            : provider.GetRequiredService<OutboxMailer>());
    }
}
