using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Veelocity.Web.Platform.Startup;

namespace Veelocity.Web.Data;

/// <summary>
/// Encrypts the keys in the database by a certificate outside it (<c>Veelocity:Keys</c>), so that a dump alone opens no secret. Without one the keys
/// lie open beside what they encrypt.
/// </summary>
internal static class KeyEncryption
{
    /// <param name="Certificate">The PKCS #12 file (PFX) whose key encrypts from now on; null for none.</param>
    /// <param name="Password">Of all the files; null where they have none.</param>
    /// <param name="OldCertificates">Files that encrypted before, by which older keys are still read.</param>
    private sealed record Options(string? Certificate = null, string? Password = null, string[]? OldCertificates = null);

    public static IServiceCollection AddKeyEncryption(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Veelocity:Keys").Get<Options>() ?? new Options();
        if (string.IsNullOrWhiteSpace(options.Certificate)) return services;
        var own = Read(options.Certificate, options.Password);
        X509Certificate2[] all = [own, .. (options.OldCertificates ?? []).Select(file => Read(file, options.Password))];
        services.AddDataProtection().ProtectKeysWithCertificate(own).UnprotectKeysWithAnyCertificate(all);
        return services;
    }

    private static X509Certificate2 Read(string file, string? password)
    {
        try
        {
            var read = X509CertificateLoader.LoadPkcs12FromFile(file, password);
            return read.HasPrivateKey && read.GetRSAPrivateKey() is not null ? read : throw new StartupException(Unusable(file, "it has no private RSA key"));
        }
        catch (Exception failed) when (failed is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException(Unusable(file, failed.Message), failed);
        }
    }

    private static string Unusable(string file, string why) =>
        $"The certificate {file} of Veelocity__Keys cannot be used: {why}. It has to be a PKCS #12 file with a private RSA key, and Veelocity__Keys__Password its password.";
}
