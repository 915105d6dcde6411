using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Startup;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Data;

public sealed class KeyEncryptionTests : IAsyncLifetime
{
    private const string Secret = "a token of a provider", Password = "of the file";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("veelocity-keys-");
    private TestDatabase database = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Keys_are_encrypted_by_the_certificate_and_those_from_before_are_still_read()
    {
        var open = Protect(Host());
        Assert.Contains("<value>", await KeysAsync(), StringComparison.Ordinal);

        var first = Certificate("first");
        await using (var host = Host(("Certificate", first), ("Password", Password)))
        {
            Assert.Equal(Secret, Unprotect(host, open));
            Rotate(host);
        }
        var newest = (await KeysAsync())[(await KeysAsync()).LastIndexOf("<key ", StringComparison.Ordinal)..];
        Assert.Contains("EncryptedData", newest, StringComparison.Ordinal);
        Assert.DoesNotContain("<value>", newest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_stay_readable_over_new_keys_and_a_new_certificate()
    {
        var (first, second) = (Certificate("first"), Certificate("second"));
        string before, after;
        await using (var host = Host(("Certificate", first), ("Password", Password)))
        {
            before = Protect(host);
            Rotate(host);
            Assert.Equal(Secret, Unprotect(host, before));
        }
        await using (var host = Host(("Certificate", second), ("Password", Password), ("OldCertificates:0", first)))
        {
            Assert.Equal(Secret, Unprotect(host, before));
            Rotate(host);
            after = Protect(host);
        }
        await using (var host = Host(("Certificate", second), ("Password", Password), ("OldCertificates:0", first)))
            Assert.Equal((Secret, Secret), (Unprotect(host, before), Unprotect(host, after)));
        // A dump of the database alone opens nothing.
        await using (var host = Host())
            Assert.Throws<CryptographicException>(() => Unprotect(host, before));
    }

    [Theory]
    [InlineData("nowhere.pfx", Password)]
    [InlineData("first.pfx", "not the password")]
    public void A_certificate_that_cannot_be_used_stops_the_start_and_is_named(string file, string password)
    {
        Certificate("first");
        var path = Path.Combine(folder.FullName, file);
        var stopped = Assert.Throws<StartupException>(() => Host(("Certificate", path), ("Password", password)));
        Assert.Contains(path, stopped.Message, StringComparison.Ordinal);
        Assert.Contains("Veelocity__Keys__Password", stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not the password", stopped.Message, StringComparison.Ordinal);
    }

    private ServiceProvider Host(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Veelocity:Keys:{s.Key}", (string?)s.Value))).Build();
        return new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddVeelocityData(database.ConnectionString).AddKeyEncryption(configuration).BuildServiceProvider();
    }

    private string Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        var path = Path.Combine(folder.FullName, $"{name}.pfx");
        File.WriteAllBytes(path, made.Export(X509ContentType.Pkcs12, Password));
        return path;
    }

    private async Task<string> KeysAsync()
    {
        await using var db = database.Open();
        return string.Concat(await db.DataProtectionKeys.OrderBy(k => k.Id).Select(k => k.Xml!).ToListAsync(Now));
    }

    private static void Rotate(ServiceProvider host) =>
        host.GetRequiredService<IKeyManager>().CreateNewKey(DateTimeOffset.UtcNow.AddSeconds(-1), DateTimeOffset.UtcNow.AddDays(90));

    private static string Protect(ServiceProvider host) => Protector(host).Protect(Secret);

    private static string Unprotect(ServiceProvider host, string text) => Protector(host).Unprotect(text);

    private static IDataProtector Protector(ServiceProvider host) => host.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
}
