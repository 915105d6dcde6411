using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Database;

/// <summary>A row of an organization in every table that holds rows of organizations, made from the database's own catalog: new tables get theirs too.</summary>
internal sealed class EveryTable
{
    private const string Organizations = "organizations";
    private readonly Dictionary<string, JsonElement> rows = new(StringComparer.Ordinal);

    private sealed record Column(string TableName, string Name, string Type, int? Length, bool IsRequired);

    private sealed record Reference(string TableName, string[] Columns, string Parent, string[] ParentColumns);

    /// <summary>The rows by table, as JSON.</summary>
    public IReadOnlyDictionary<string, JsonElement> Rows => rows;

    /// <summary>The column that says whose the rows are.</summary>
    public static string OwnerOf(string table) => table == Organizations ? "id" : "organization_id";

    /// <summary>Fills on a context that sees everything; answers what was written.</summary>
    public static async Task<EveryTable> FillAsync(VeelocityDb db, Guid organizationId, CancellationToken cancellation)
    {
        var columns = (await db.Database.SqlQuery<Column>($"""
            SELECT c.table_name::text, c.column_name::text AS name, CASE WHEN c.data_type = 'ARRAY' THEN 'ARRAY' ELSE c.udt_name::text END AS type,
                   c.character_maximum_length::int AS length, c.is_nullable = 'NO' AND c.column_default IS NULL AND c.is_identity = 'NO' AS is_required
            FROM information_schema.columns c
            WHERE c.table_schema = current_schema() AND c.is_generated = 'NEVER'
            """).ToListAsync(cancellation)).ToLookup(c => c.TableName, StringComparer.Ordinal);
        var references = (await db.Database.SqlQuery<Reference>($"""
            SELECT f.conrelid::regclass::text AS table_name, f.confrelid::regclass::text AS parent,
                   (SELECT array_agg(a.attname::text ORDER BY k.at) FROM unnest(f.conkey) WITH ORDINALITY k(number, at)
                    JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.number) AS columns,
                   (SELECT array_agg(a.attname::text ORDER BY k.at) FROM unnest(f.confkey) WITH ORDINALITY k(number, at)
                    JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.number) AS parent_columns
            FROM pg_constraint f WHERE f.contype = 'f'
            """).ToListAsync(cancellation)).ToLookup(r => r.TableName, StringComparer.Ordinal);

        var made = new EveryTable();
        var owned = columns.Where(table => table.Key is Organizations or "users" || table.Any(c => c.Name == "organization_id")).Select(table => table.Key).ToList();
        while (owned.Count > 0)
        {
            // A parent that a row may do without is waited for only while another table can go first.
            var next = owned.Find(table => references[table].All(r => r.Parent == table || made.rows.ContainsKey(r.Parent) || !owned.Contains(r.Parent)))
                ?? owned.First(table => references[table].Where(r => columns[table].Any(c => c.IsRequired && r.Columns.Contains(c.Name)))
                    .All(r => r.Parent == table || made.rows.ContainsKey(r.Parent)));
            owned.Remove(next);
            await made.InsertAsync(db, next, organizationId, [.. columns[next]], [.. references[next]], cancellation);
        }
        made.rows.Remove("users");
        return made;
    }

    private async Task InsertAsync(
        VeelocityDb db, string table, Guid organizationId, Column[] columns, Reference[] references, CancellationToken cancellation)
    {
        var values = columns.Where(c => c.IsRequired).ToDictionary(c => c.Name, c => Known(db.Model, table, c) ?? Value(c), StringComparer.Ordinal);
        foreach (var reference in references.Where(r => r.Parent != table && rows.ContainsKey(r.Parent)))
        {
            foreach (var (column, parent) in reference.Columns.Zip(reference.ParentColumns))
                values[column] = $"'{rows[reference.Parent].GetProperty(parent)}'";
        }
        if (columns.Any(c => c.Name == OwnerOf(table))) values[OwnerOf(table)] = $"'{organizationId}'";
        var sql = $"""
            WITH made AS (INSERT INTO "{table}" AS t ({string.Join(", ", values.Keys.Select(c => $"\"{c}\""))}) VALUES ({string.Join(", ", values.Values)}) ON CONFLICT DO NOTHING RETURNING t.*)
            SELECT to_jsonb(m) AS "Value" FROM made m
            """;
        var written = await db.Database.SqlQueryRaw<string>(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)).ToListAsync(cancellation);
        if (written is [var row]) rows[table] = JsonDocument.Parse(row).RootElement;
        else
        {
            // A trigger was there first.
            var find = $"SELECT to_jsonb(t) AS \"Value\" FROM \"{table}\" t WHERE \"{OwnerOf(table)}\" = {{0}} LIMIT 1";
            var read = await db.Database.SqlQueryRaw<string>(find, organizationId).SingleAsync(cancellation);
            rows[table] = JsonDocument.Parse(read).RootElement;
        }
    }

    /// <summary>What the model allows, where that is less than the column does: a word of an enum, an empty list.</summary>
    private static string? Known(IModel model, string table, Column column)
    {
        var property = model.GetEntityTypes().Where(e => e.GetTableName() == table).SelectMany(e => e.GetProperties()).FirstOrDefault(p => p.GetColumnName() == column.Name);
        if (property is null) return null;
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum && property.GetTypeMapping().Converter is { } converter) return $"'{converter.ConvertToProvider(Enum.GetValues(type).GetValue(0))}'";
        return column.Type == "jsonb" && type != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(type) && !type.Name.Contains("Dictionary", StringComparison.Ordinal) ? "'[]'" : null;
    }

    private static string Value(Column column) => column.Type switch
    {
        "uuid" => "gen_random_uuid()",
        "text" or "varchar" or "bpchar" => $"substr(md5(random()::text), 1, {column.Length ?? 32})",
        "timestamptz" => "now()",
        "date" => "current_date",
        "time" => "'09:00'",
        "bool" => "false",
        "jsonb" => "'{}'",
        "bytea" => "sha256(random()::text::bytea)",
        "ARRAY" => "'{}'",
        "inet" => "'192.0.2.1'",
        _ => "1",
    };
}
