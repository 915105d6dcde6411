using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using Veelocity.Web.Tests.Api.V1;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Infra;
using Veelocity.Web.Tests.Platform.Postgres;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Data;

/// <summary>What docs/operate.md promises of a restore: the app on the restored database is the same installation.</summary>
public sealed partial class RestoreTests : IAsyncLifetime
{
    private readonly SyncedGitHubApp before = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => before.InitializeAsync();

    public ValueTask DisposeAsync() => before.DisposeAsync();

    [Fact]
    public async Task A_copy_of_the_database_is_the_same_installation()
    {
        var numbers = await NumbersAsync(before.Ada.Api);
        await IsTheSameAsync(await before.App.Database.CopyAsync(), numbers);
    }

    /// <summary>By the operator's own programs, where they are on PATH and know the server; the embedded PostgreSQL comes without them.</summary>
    [Fact]
    public async Task A_dump_by_the_documented_role_restored_by_an_ordinary_one_is_the_same_installation()
    {
        var known = await ProgramAsync("pg_dump");
        Assert.SkipUnless(known >= await ServerAsync(), "pg_dump is not on PATH, or is older than the server");
        var numbers = await NumbersAsync(before.Ada.Api);
        using var folder = new TemporaryFolder();
        var file = Path.Combine(Directory.CreateDirectory(folder.Path).FullName, "dump");
        var backup = $"veelocity_backup_{Guid.NewGuid():N}";
        await TestServer.ExecuteAsync($"CREATE ROLE {backup} LOGIN BYPASSRLS PASSWORD '{backup}'");
        await TestServer.ExecuteAsync($"GRANT pg_read_all_data TO {backup}");
        try
        {
            await DoAsync("pg_dump", "--format=custom", $"--file={file}", Uri(before.App.Database.ConnectionString, backup));
            await using var empty = await OwnedDatabase.CreateAsync("NOSUPERUSER NOBYPASSRLS");
            await DoAsync("pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", $"--dbname={Uri(empty.ConnectionString)}", file);
            await IsTheSameAsync(TestDatabase.At(empty.ConnectionString), numbers);
        }
        finally
        {
            await TestServer.ExecuteAsync($"DROP ROLE IF EXISTS {backup}");
        }
    }

    [Fact]
    public async Task A_dump_by_an_ordinary_role_ends_with_an_error_and_not_without_rows()
    {
        Assert.SkipUnless(await ProgramAsync("pg_dump") >= await ServerAsync(), "pg_dump is not on PATH, or is older than the server");
        await using var owned = await OwnedDatabase.CreateAsync("NOSUPERUSER NOBYPASSRLS");
        await using (var source = NpgsqlDataSource.Create(owned.ConnectionString)) await Veelocity.Web.Data.DataModule.MigrateAsync(source, Now);
        var (_, errors, code) = await Kubectl.RunAsync("pg_dump", [Uri(owned.ConnectionString)]);
        Assert.NotEqual(0, code);
        Assert.Contains("query would be affected by row-level security policy", errors, StringComparison.Ordinal);
    }

    private async Task IsTheSameAsync(TestDatabase restored, string numbers)
    {
        var app = new TestApp { On = restored };
        app.Settings["Connectors:GitHub:BaseUrl"] = before.GitHub.BaseUrl.ToString();
        app.Settings["Sync:Worker"] = "true";
        await app.InitializeAsync();
        try
        {
            using var anyone = app.Api();
            using var signedIn = await anyone.PostAsJsonAsync("auth/login", new { email = before.Ada.Email, password = Someone.Password }, Now);
            signedIn.EnsureSuccessStatusCode();
            anyone.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await signedIn.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("access_token").GetString());
            Assert.Equal(numbers, await NumbersAsync(anyone));

            // The token of the provider opens: it is asked for news.
            using var asked = await anyone.PostAsync(new Uri("connectors/github/sync", UriKind.Relative), null, Now);
            asked.EnsureSuccessStatusCode();
            var id = (await asked.Content.ReadFromJsonAsync<JsonElement>(Now))[0].GetProperty("id").GetString();
            for (var attempt = 0; ; attempt++)
            {
                var log = await anyone.GetFromJsonAsync<JsonElement>($"sync/logs/{id}", Now);
                if (log.GetProperty("finished_at").ValueKind != JsonValueKind.Null)
                {
                    Assert.Equal("done", log.GetProperty("status").GetString());
                    return;
                }
                Assert.True(attempt < 600, "The sync does not end.");
                await Task.Delay(100, Now);
            }
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static async Task<string> NumbersAsync(HttpClient api)
    {
        var numbers = await api.GetStringAsync(new Uri("metrics/dora?start_date=2025-01-01&end_date=2026-11-20", UriKind.Relative), Now);
        Assert.Matches("\"count\":[1-9]", numbers);
        return numbers;
    }

    private static async Task DoAsync(string program, params string[] arguments)
    {
        var (output, errors, code) = await Kubectl.RunAsync(program, arguments);
        Assert.True(code == 0, $"{program}: {output}{errors}");
    }

    /// <summary>Its major version; 0 where it is not on PATH.</summary>
    private static async Task<int> ProgramAsync(string program)
    {
        try
        {
            var (output, _, _) = await Kubectl.RunAsync(program, ["--version"]);
            return int.Parse(Major().Match(output).Value, CultureInfo.InvariantCulture);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }

    private async Task<int> ServerAsync()
    {
        await using var connection = new NpgsqlConnection(before.App.Database.ConnectionString);
        await connection.OpenAsync(Now);
        return connection.PostgreSqlVersion.Major;
    }

    private static string Uri(string connectionString, string? role = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var (user, password) = role is null ? (settings.Username, settings.Password) : (role, role);
        return string.Create(CultureInfo.InvariantCulture, $"postgresql://{System.Uri.EscapeDataString(user!)}:{System.Uri.EscapeDataString(password ?? "")}@{settings.Host}:{settings.Port}/{settings.Database}");
    }

    [GeneratedRegex(@"\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Major();
}
