using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Export;

/// <summary>One file of an export: a table's rows of one organization, without columns that are secrets.</summary>
internal sealed record ExportedTable(string Name, string What, IReadOnlyList<string> LeftOut, string Sql)
{
    /// <summary>The organization, its members as people, and every table that holds rows of it.</summary>
    public static IReadOnlyList<ExportedTable> Of(IModel model, Guid organizationId)
    {
        var owned = OrganizationTables.Of(model).OrderBy(t => t.GetTableName(), StringComparer.Ordinal).Select(t => Of(t, $"{OrganizationTables.Column} = '{organizationId}'"));
        return
        [
            Of(model.FindEntityType(typeof(Organization))!, $"id = '{organizationId}'"),
            new ExportedTable(
                "users", TableWords.Users, [],
                $"SELECT id, {Safe("full_name")}, {Safe("email")} FROM users WHERE id IN (SELECT user_id FROM memberships WHERE organization_id = '{organizationId}') ORDER BY id"),
            .. owned,
        ];
    }

    private static ExportedTable Of(IEntityType table, string where)
    {
        var name = table.GetTableName()!;
        var columns = table.GetProperties().Select(p => (Property: p, Name: p.GetColumnName())).OrderBy(c => c.Property.IsPrimaryKey() ? 0 : 1).ToList();
        List<string> leftOut = [.. columns.Where(c => IsSecret(c.Property)).Select(c => c.Name)];
        var kept = columns.Where(c => !IsSecret(c.Property)).Select(c => IsText(c.Property) ? Safe(c.Name) : Quoted(c.Name)).ToList();
        var key = string.Join(", ", table.FindPrimaryKey()!.Properties.Select(p => Quoted(p.GetColumnName())));
        return new ExportedTable(name, TableWords.Of(table.ClrType), leftOut, $"SELECT {string.Join(", ", kept)} FROM {Quoted(name)} WHERE {where} ORDER BY {key}");
    }

    private static bool IsSecret(IProperty property) => property.PropertyInfo?.IsDefined(typeof(SecretAttribute), inherit: true) == true;

    private static bool IsText(IProperty property) => property.GetColumnType() is "text" || property.GetColumnType().StartsWith("character varying", StringComparison.Ordinal);

    // As in every CSV of Veelocity: what a spreadsheet would take for a formula gets an apostrophe in front.
    private static string Safe(string column) => $"CASE WHEN {Quoted(column)} ~ '^[=+@\\t\\r-]' THEN '''' || {Quoted(column)} ELSE {Quoted(column)} END AS {Quoted(column)}";

    private static string Quoted(string name) => $"\"{name}\"";
}
