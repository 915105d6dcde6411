using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Web;

/// <summary>
/// The app itself on a loopback port and a database of its own. As an assembly fixture it is started once for all tests that take
/// it in their constructor; each brings its own people and organizations. A test that needs other settings starts one itself.
/// </summary>
public sealed class TestApp : IAsyncLifetime
{
    private readonly Factory factory = new();

    public TestDatabase Database { get; private set; } = null!;

    /// <summary>A database that is there already, such as a restored one; null for a new one. It goes with the app.</summary>
    public TestDatabase? On { get; init; }

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => factory.Services;

    /// <summary>Configuration beyond the connection string; set before the start.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal)
    {
        ["Veelocity:Security:SignInsPerMinute"] = "100000",
        ["Veelocity:Security:ApiRequestsPerMinute"] = "1000000",
        ["Veelocity:Security:ApiRequestsPerMinuteFromAddress"] = "1000000",
        ["Veelocity:DataDirectory"] = Directory.CreateTempSubdirectory("veelocity-app-").FullName,
        ["Sync:Worker"] = "false", // what a test puts into a run or a connection stays as it is
    };

    /// <summary>Is told everything that the app logs, down to traces; null for errors alone, to the console. Set before the start.</summary>
    public ILoggerProvider? Log { get; init; }

    /// <summary>Hashes passwords with as many iterations as in production; otherwise with one, since every test has people who sign in. Set before the start.</summary>
    public bool HashesAsInProduction { get; init; }

    /// <summary>What it takes for the present; null for the real time. Set before the start.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Makes it send its mails to the server at this port; before the start.</summary>
    public void SendMailsTo(int smtpPort)
    {
        Settings["Veelocity:Mail:Host"] = "127.0.0.1";
        Settings["Veelocity:Mail:Port"] = smtpPort.ToString(CultureInfo.InvariantCulture);
        Settings["Veelocity:Mail:Security"] = "None";
        Settings["Veelocity:Mail:From"] = "Veelocity <veelocity@example.com>";
        Settings["Veelocity:PublicAddress"] = "http://veelocity.example/";
    }

    public async ValueTask InitializeAsync()
    {
        Database = On ?? await TestDatabase.CreateAsync();
        factory.Log = Log;
        factory.HashesAsInProduction = HashesAsInProduction;
        factory.Clock = Clock;
        factory.Settings = new Dictionary<string, string>(Settings, StringComparer.Ordinal)
        {
            ["ConnectionStrings:Veelocity"] = Database.ConnectionString,
            ["Logging:LogLevel:Default"] = Log is null ? "Error" : "Trace",
            ["urls"] = "http://127.0.0.1:0",
        };
        foreach (var provider in new[] { "GitHub", "Slack", "Linear" }) factory.Settings.TryAdd($"Connectors:{provider}:BaseUrl", await NoProvider.AddressAsync());
        factory.UseKestrel(0);
        factory.StartServer();
        Address = new Uri(factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        await factory.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(Settings["Veelocity:DataDirectory"], recursive: true);
    }

    /// <summary>A new visitor with an empty cookie jar.</summary>
    public Browser Browser(string? userAgent = null) => new(Address, userAgent);

    /// <summary>A caller of the API; with a token, as its owner.</summary>
    public HttpClient Api(string? token = null)
    {
        var client = new HttpClient(new PatientSender(new SocketsHttpHandler())) { BaseAddress = new Uri(Address, "/api/v1/") };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Registers someone new and signs them in to the API.</summary>
    public async Task<Someone> SomeoneAsync()
    {
        var email = string.Create(CultureInfo.InvariantCulture, $"{Guid.NewGuid():N}@example.com");
        using var api = Api();
        using var registered = await api.PostAsJsonAsync("auth/register", new { email, password = Someone.Password, full_name = "Ada Lovelace" });
        registered.EnsureSuccessStatusCode();
        using var signedIn = await api.PostAsJsonAsync("auth/login", new { email, password = Someone.Password });
        var token = (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
        return new Someone(email, token, Api(token));
    }

    private sealed class Factory : WebApplicationFactory<Program>
    {
        public Dictionary<string, string> Settings { get; set; } = [];

        public ILoggerProvider? Log { get; set; }

        public bool HashesAsInProduction { get; set; }

        public TimeProvider? Clock { get; set; }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            foreach (var (key, value) in Settings)
                builder.UseSetting(key, value);
            if (!HashesAsInProduction)
                builder.ConfigureServices(services => services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1));
            if (Clock is not null) builder.ConfigureServices(services => services.AddSingleton(Clock));
            if (Log is not null)
            {
                // A rule of the provider's own stands above those of the settings, which keep some categories quiet.
                var everything = new LoggerFilterRule(Log.GetType().FullName, categoryName: null, LogLevel.Trace, filter: null);
                builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log).Services.Configure<LoggerFilterOptions>(filter => filter.Rules.Add(everything)));
            }
        }
    }
}

/// <summary>A person with an account.</summary>
public sealed record Someone(string Email, string Token, HttpClient Api)
{
    public const string Password = "correct horse battery";

    /// <summary>Creates an organization of which they are the Admin.</summary>
    public async Task<JsonElement> FoundAsync(string name)
    {
        using var answer = await Api.PostAsJsonAsync("organizations", new { name, time_zone = "Europe/Paris" });
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
