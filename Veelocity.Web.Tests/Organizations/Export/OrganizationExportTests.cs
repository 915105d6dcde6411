using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Export;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Organizations.Export;

[Collection(Alone.Name)]
public sealed partial class OrganizationExportTests(TestApp app)
{
    // Named like secrets, and none.
    private static readonly string[] Harmless = ["audit_entries.hash", "audit_heads.hash"];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_Admin_gets_every_table_of_their_organization_and_no_row_of_another()
    {
        var (_, browser, mine, slug) = await FoundAsync();
        using var _b = browser;
        var (_, others, theirs, _) = await FoundAsync();
        others.Dispose();
        EveryTable filled, foreign;
        await using (var db = app.Database.Open())
        {
            filled = await EveryTable.FillAsync(db, mine, Now);
            foreign = await EveryTable.FillAsync(db, theirs, Now);
        }

        using var zip = await ExportAsync(browser, slug);
        var files = zip.Entries.ToDictionary(e => e.Name, Read, StringComparer.Ordinal);
        Assert.Equal([.. filled.Rows.Keys.Append("users").Select(table => table + ".csv").Append("README.txt").Order(StringComparer.Ordinal)], files.Keys.Order(StringComparer.Ordinal));
        Assert.All(filled.Rows.Keys, table => Assert.True(files[table + ".csv"].Split('\n').Length > 2, $"{table} is empty"));
        Assert.All(files, file => Assert.DoesNotContain(theirs.ToString(), file.Value, StringComparison.Ordinal));
        foreach (var (table, row) in foreign.Rows.Where(row => row.Value.TryGetProperty("id", out _)))
            Assert.DoesNotContain(row.GetProperty("id").ToString(), files[table + ".csv"], StringComparison.Ordinal);
        Assert.All(filled.Rows.Keys, table => Assert.Matches($@"\b{table}\.csv: [1-9]\d* rows?\. [A-Z]", files["README.txt"]));
        Assert.Contains("Left out: protected_secret", files["README.txt"], StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_open_something_are_marked_as_secrets()
    {
        using var scope = app.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<VeelocityDb>().Model;
        var open = from table in OrganizationTables.Of(model)
                   from column in table.GetProperties()
                   let name = $"{table.GetTableName()}.{column.GetColumnName()}"
                   where column.ClrType == typeof(string) || column.ClrType == typeof(byte[])
                   where SecretName().IsMatch(column.GetColumnName()) && !Harmless.Contains(name) && column.PropertyInfo?.IsDefined(typeof(SecretAttribute), inherit: true) != true
                   select name;
        Assert.Empty(open);
    }

    [Fact]
    public void The_readme_has_words_for_every_table()
    {
        using var scope = app.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<VeelocityDb>().Model;
        Assert.Empty(OrganizationTables.Of(model).Select(table => table.ClrType).Except(TableWords.Known));
    }

    [Fact]
    public async Task Nothing_in_a_file_acts_as_a_formula_and_the_export_is_in_the_log()
    {
        var (ana, browser, id, slug) = await FoundAsync();
        using var _b = browser;
        await browser.SubmitAsync($"/o/{slug}/settings/teams", ("Name", "=HYPERLINK(1)"));
        using var zip = await ExportAsync(browser, slug);
        Assert.Contains(",'=HYPERLINK(1)", Read(zip.GetEntry("teams.csv")!), StringComparison.Ordinal);
        Assert.Contains(ana.Email, Read(zip.GetEntry("users.csv")!), StringComparison.Ordinal);
        await using var db = app.Database.Open();
        Assert.Equal(AuditAction.DataExported, await db.AuditEntries.IgnoreQueryFilters().Where(e => e.OrganizationId == id).OrderByDescending(e => e.Number).Select(e => e.Action).FirstAsync(Now));
    }

    [Fact]
    public async Task A_Manager_gets_nothing()
    {
        var (_, browser, id, slug) = await FoundAsync();
        using var _b = browser;
        var eve = await app.SomeoneAsync();
        await using (var db = app.Database.Open())
        {
            db.Add(new Membership { OrganizationId = id, UserId = await db.Users.Where(u => u.Email == eve.Email).Select(u => u.Id).SingleAsync(Now), Role = Role.Manager });
            await db.SaveChangesAsync(Now);
        }
        using var manager = app.Browser();
        await manager.SignInAsync(eve);
        var page = await manager.GetAsync($"/o/{slug}/settings/organization");
        Assert.Null(page.Document.QuerySelector("#danger-zone"));
        var token = (AngleSharp.Html.Dom.IHtmlInputElement)page.Document.QuerySelector("input[name=__RequestVerificationToken]")!;
        var refused = await manager.PostAsync($"/o/{slug}/settings/organization/export", [KeyValuePair.Create(token.Name!, token.Value)]);
        Assert.NotEqual("application/zip", refused.Response.Content.Headers.ContentType?.MediaType);
        Assert.NotEqual(HttpStatusCode.OK, refused.Status);
    }

    [Fact]
    public async Task Much_data_goes_through_without_being_gathered()
    {
        var (_, browser, id, _) = await FoundAsync();
        browser.Dispose();
        await using (var db = app.Database.Open())
        {
            // 130 MB, half of that compressed. The emails are marked as given up, so they don't delay the app's own.
            // Inserting them isn't part of the measurement, so it has no timeout.
            db.Database.SetCommandTimeout(TimeSpan.Zero);
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO mails (id, organization_id, recipient, subject, problem, queued_at, due_at, given_up_at, attempts)
                SELECT gen_random_uuid(), {id}, left(noise, 256), left(noise, 300), left(reverse(noise), 500), now(), now(), now(), 0
                FROM (SELECT (SELECT string_agg(md5(random()::text || i::text || part::text), '') FROM generate_series(1, 16) part) AS noise FROM generate_series(1, 120000) i) n
                """, Now);
        }
        await using var scope = app.Services.CreateAsyncScope();
        var (context, current) = (scope.ServiceProvider.GetRequiredService<VeelocityDb>(), scope.ServiceProvider.GetRequiredService<CurrentOrganization>());
        context.OrganizationId = id;
        var membership = await context.Memberships.Include(m => m.Organization).SingleAsync(m => m.OrganizationId == id, Now);
        current.Bind(membership);
        await using var counted = new Counted();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await scope.ServiceProvider.GetRequiredService<OrganizationExport>().WriteAsync(counted, Now);
        Assert.True(counted.Written > 50_000_000, $"{counted.Written} bytes");
        Assert.True(counted.MostMemory - before < 40_000_000, $"{counted.MostMemory - before} bytes more were held");
    }

    [GeneratedRegex("secret|password|hash|token|stamp|protected|key_?hash|credential", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    private static string Read(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    private static async Task<ZipArchive> ExportAsync(Browser browser, string slug)
    {
        var page = await browser.GetAsync($"/o/{slug}/settings/organization");
        var token = (AngleSharp.Html.Dom.IHtmlInputElement)page.Document.QuerySelector("#danger-zone input[name=__RequestVerificationToken]")!;
        var bytes = await browser.DownloadAsync($"/o/{slug}/settings/organization/export", [KeyValuePair.Create(token.Name!, token.Value)]);
        return new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
    }

    private async Task<(Someone Ana, Browser Browser, Guid Id, string Slug)> FoundAsync()
    {
        var ana = await app.SomeoneAsync();
        var made = await ana.FoundAsync("Acme");
        var browser = app.Browser();
        await browser.SignInAsync(ana);
        return (ana, browser, made.GetProperty("id").GetGuid(), made.GetProperty("slug").GetString()!);
    }

    /// <summary>Takes everything and keeps nothing; looks now and then how much memory is held.</summary>
    private sealed class Counted : Stream
    {
        private long looked;

        public long Written { get; private set; }
        public long MostMemory { get; private set; }

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written += buffer.Length;
            if (Written - looked > 4_000_000)
            {
                looked = Written;
                MostMemory = Math.Max(MostMemory, GC.GetTotalMemory(forceFullCollection: true));
            }
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        // Only the ends of files, which are closed without waiting.
        public override void Write(byte[] buffer, int offset, int count)
        {
            Assert.True(count < 100_000, $"{count} bytes were written at once without waiting");
            Written += count;
        }

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
