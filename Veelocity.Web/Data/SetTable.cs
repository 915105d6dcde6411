using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Veelocity.Web.Data;

/// <summary>What <see cref="SetWriter"/> needs to know of a table, read once from the model.</summary>
internal sealed class SetTable<TRow>
    where TRow : class
{
    private static readonly ConcurrentDictionary<IModel, SetTable<TRow>> Known = new();

    private readonly string name;
    private readonly string staging;
    private readonly string keys;
    private readonly string sameKey;

    private SetTable(IEntityType entity)
    {
        name = Quote(entity.GetTableName()!);
        staging = Quote("staged_" + entity.GetTableName());
        Columns = [.. entity.GetProperties().Where(p => !p.IsShadowProperty() && !Has<LinkedAttribute>(p)).Select(SetColumn<TRow>.Of)];

        var key = entity.FindPrimaryKey()!.Properties.Select(p => Quote(p.GetColumnName())).ToArray();
        keys = string.Join(", ", key);
        sameKey = string.Join(" AND ", key.Select(c => $"t.{c} = s.{c}"));
        var all = string.Join(", ", Columns.Select(c => c.Name));
        var rest = entity.GetProperties()
            .Where(p => !p.IsShadowProperty() && !Has<LinkedAttribute>(p) && !p.IsPrimaryKey())
            .Select(p => (Name: Quote(p.GetColumnName()), IsKept: Has<KeptWhenUnknownAttribute>(p), IsFrozen: Has<FrozenAttribute>(p)))
            .ToArray();

        string NewValue((string Name, bool IsKept, bool IsFrozen) c, string source) =>
            c.IsFrozen ? $"COALESCE(t.{c.Name}, {source}.{c.Name})"
            : c.IsKept ? $"COALESCE({source}.{c.Name}, t.{c.Name})"
            : $"{source}.{c.Name}";

        StageSql = $"CREATE TEMP TABLE IF NOT EXISTS {staging} (LIKE {name} INCLUDING DEFAULTS) ON COMMIT DROP; TRUNCATE {staging}";
        CopySql = $"COPY {staging} ({all}) FROM STDIN (FORMAT BINARY)";

        // The join leaves unchanged rows out before ON CONFLICT would lock, and so dirty, them. LATERAL with OFFSET 0 looks each row up in the
        // key's index: the planner, who knows nothing of a staging table, would read the whole table for a few thousand rows.
        var changed = rest.Length == 0
            ? "FALSE"
            : $"({string.Join(", ", rest.Select(c => "t." + c.Name))}) IS DISTINCT FROM ({string.Join(", ", rest.Select(c => NewValue(c, "s")))})";
        var update = rest.Length == 0
            ? "NOTHING"
            : "UPDATE SET " + string.Join(", ", rest.Select(c => $"{c.Name} = {NewValue(c, "EXCLUDED")}"));
        var newKey = $"t.{key[0]} IS NULL";
        MergeSql = $"""
            INSERT INTO {name} AS t ({all})
            SELECT {string.Join(", ", Columns.Select(c => "s." + c.Name))}
            FROM {staging} s LEFT JOIN LATERAL (SELECT * FROM {name} t WHERE {sameKey} OFFSET 0) t ON TRUE
            WHERE {newKey} OR {changed}
            ON CONFLICT ({keys}) DO {update}
            """;
    }

    public IReadOnlyList<SetColumn<TRow>> Columns { get; }
    public string StageSql { get; }
    public string CopySql { get; }
    public string MergeSql { get; }

    public static SetTable<TRow> Of(VeelocityDb db) =>
        Known.GetOrAdd(db.Model, static model => new SetTable<TRow>(model.FindEntityType(typeof(TRow))!));

    public string DeleteMissingSql(string scope) =>
        $"DELETE FROM {name} t WHERE t.{Quote(scope)} = ANY ($1) AND NOT EXISTS (SELECT FROM {staging} s WHERE {sameKey})";

    private static string Quote(string identifier) => $"\"{identifier}\"";

    private static bool Has<TAttribute>(IProperty property)
        where TAttribute : Attribute =>
        property.PropertyInfo?.IsDefined(typeof(TAttribute), inherit: true) == true;
}
