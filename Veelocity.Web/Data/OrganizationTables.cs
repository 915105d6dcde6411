using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Veelocity.Web.Data;

/// <summary>The tables that hold rows of organizations, read from the model, so that a new one is never forgotten.</summary>
public static class OrganizationTables
{
    public const string Column = "organization_id";

    /// <summary>Every table whose rows name their organization, those that refer to others before those: in this order they can be emptied.</summary>
    public static IReadOnlyList<IEntityType> Of(IModel model)
    {
        var all = model.GetEntityTypes().Where(t => !t.IsOwned() && t.FindProperty(nameof(IOwned.OrganizationId)) is not null).OrderBy(t => t.GetTableName(), StringComparer.Ordinal).ToList();
        var ordered = new List<IEntityType>();
        while (all.Count > 0)
        {
            // Of those that refer to each other in a circle any may be first: such a reference is taken back by the database.
            var next = all.Find(t => !all.Exists(other => other != t && RefersTo(other, t))) ?? all.Find(t => !all.Exists(other => other != t && HoldsFast(other, t))) ?? all[0];
            all.Remove(next);
            ordered.Add(next);
        }
        // What refers to nothing counts what the others do, by triggers, and comes last.
        return [.. ordered.Where(t => t.GetForeignKeys().Any()), .. ordered.Where(t => !t.GetForeignKeys().Any())];
    }

    private static bool RefersTo(IEntityType one, IEntityType other) => one.GetForeignKeys().Any(key => key.PrincipalEntityType == other);

    private static bool HoldsFast(IEntityType one, IEntityType other) =>
        one.GetForeignKeys().Any(key => key.PrincipalEntityType == other && key.DeleteBehavior is not (DeleteBehavior.SetNull or DeleteBehavior.Cascade));
}
