using System.Data;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Audit;

namespace Veelocity.Web.Organizations.Export;

/// <summary>
/// All of the current organization's data as a ZIP of CSV files, of one moment. Rows go from the database through the compressor to the receiver
/// as they come: nothing is gathered in memory or on disk, however much there is.
/// </summary>
public sealed class OrganizationExport(VeelocityDb db, CurrentOrganization organization, AuditLog audit, TimeProvider clock)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Writes down in the audit log that somebody takes the data away; before the first byte goes.</summary>
    public async Task NoteAsync(CancellationToken cancellation)
    {
        audit.Add(AuditAction.DataExported, organization.Name, "All data, as CSV files.");
        await db.SaveChangesAsync(cancellation);
    }

    public async Task WriteAsync(Stream target, CancellationToken cancellation)
    {
        var tables = ExportedTable.Of(db.Model, organization.Id);
        var made = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await db.Database.ExecuteSqlRawAsync("SET TRANSACTION READ ONLY", cancellation);
        var connection = await db.OpenAsync(cancellation);
        await using var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        var lines = new List<(ExportedTable Table, long Rows)>();
        foreach (var table in tables)
        {
            using var copy = await connection.BeginTextExportAsync($"COPY ({table.Sql}) TO STDOUT (FORMAT csv, HEADER, ENCODING 'UTF8')", cancellation);
            await using var file = new StreamWriter(await zip.CreateEntry($"{table.Name}.csv", CompressionLevel.Fastest).OpenAsync(cancellation), new UTF8Encoding(false), BufferSize);
            lines.Add((table, await PourAsync(copy, file, cancellation)));
        }
        await using var readme = await zip.CreateEntry("README.txt", CompressionLevel.Fastest).OpenAsync(cancellation);
        await readme.WriteAsync(Encoding.UTF8.GetBytes(Readme(lines, made)), cancellation);
    }

    /// <summary>Answers how many rows, the first line not counted; a line within a text counts as none.</summary>
    private static async Task<long> PourAsync(TextReader from, TextWriter to, CancellationToken cancellation)
    {
        var (buffer, rows, isQuoted) = (new char[BufferSize], -1L, false);
        while (await from.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            for (var i = 0; i < read; i++)
            {
                if (buffer[i] == '"') isQuoted = !isQuoted;
                else if (buffer[i] == '\n' && !isQuoted) rows++;
            }
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
        return rows;
    }

    private string Readme(List<(ExportedTable Table, long Rows)> files, DateTimeOffset made)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            The data of {organization.Name} in Veelocity, as of {made:yyyy-MM-dd HH:mm:ss} UTC.

            One file for each table, UTF-8, comma separated, names of columns in the first line. Times are with their offset from UTC, durations in
            seconds. An empty field is nothing, "" is a text without letters. Lists stand in braces: one, two is written as an array of PostgreSQL,
            and what is nested is JSON. A text that begins with = + - or @ has an apostrophe before it, so that no spreadsheet takes it for a formula.
            Rows refer to each other by id: repository_id in pull_requests.csv is id in repositories.csv. user_id is id in users.csv; of those who
            have left there is only the id.

            Passwords, tokens, keys and their hashes are not in these files.


            """).ReplaceLineEndings("\r\n"));
        foreach (var (table, rows) in files)
        {
            text.Append(CultureInfo.InvariantCulture, $"{table.Name}.csv: {rows:N0} {(rows == 1 ? "row" : "rows")}. {table.What}\r\n");
            if (table.LeftOut.Count > 0) text.Append(CultureInfo.InvariantCulture, $"    Left out: {string.Join(", ", table.LeftOut)}.\r\n");
        }
        return text.ToString();
    }
}
