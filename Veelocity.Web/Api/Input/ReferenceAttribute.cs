using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Api.Input;

/// <summary>A parameter that names something of the organization: 422 when there is no such thing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class ReferenceAttribute : Attribute
{
    /// <summary>What is wrong with the value; null when it names something.</summary>
    public abstract Task<string?> ProblemAsync(string value, IServiceProvider services, CancellationToken cancellation);
}

/// <summary>The id of a row.</summary>
/// <param name="noun">What it is the id of, such as <c>repository</c>.</param>
internal sealed class IdOfAttribute<TRow>(string noun) : ReferenceAttribute
    where TRow : class, IOwned
{
    /// <summary>Whether the zero id stands for what belongs to none.</summary>
    public bool OrNone { get; init; }

    public override async Task<string?> ProblemAsync(
        string value, IServiceProvider services, CancellationToken cancellation)
    {
        var id = Guid.Parse(value);
        if (OrNone && id == Guid.Empty) return null;
        return await services.GetRequiredService<VeelocityDb>().Set<TRow>().AnyAsync(HasId(id), cancellation)
            ? null
            : $"This organization has no {noun} with this id.";
    }

    private static Expression<Func<TRow, bool>> HasId(Guid id) => row => EF.Property<Guid>(row, "Id") == id;
}

/// <summary>The user id of a member.</summary>
internal sealed class MemberIdAttribute : ReferenceAttribute
{
    public override async Task<string?> ProblemAsync(
        string value, IServiceProvider services, CancellationToken cancellation)
    {
        var id = Guid.Parse(value);
        var db = services.GetRequiredService<VeelocityDb>();
        // Former members stay in the audit log.
        return await db.Memberships.AnyAsync(m => m.UserId == id, cancellation)
            || await db.AuditEntries.AnyAsync(e => e.ActorUserId == id, cancellation)
            ? null
            : "This organization has no member with this user id.";
    }
}

/// <summary>An environment's name; "production" stands for whatever production is (M13).</summary>
internal sealed class EnvironmentNameAttribute : ReferenceAttribute
{
    private const string Production = "production";

    /// <summary>The name to look for; null for production.</summary>
    public static string? Asked(string? name) => string.IsNullOrWhiteSpace(name) || IsProduction(name) ? null : name;

    public override async Task<string?> ProblemAsync(
        string value, IServiceProvider services, CancellationToken cancellation)
    {
        if (IsProduction(value)) return null;
        var db = services.GetRequiredService<VeelocityDb>();
        return await db.Deployments.AnyAsync(d => d.Environment == value, cancellation)
            || await db.Incidents.AnyAsync(i => i.Environment == value, cancellation)
            || await db.DeploymentEnvironments.AnyAsync(e => e.Name == value, cancellation)
            ? null
            : "This organization has no environment with this name.";
    }

    private static bool IsProduction(string name) => name.Equals(Production, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A connector's kind; spelled as in addresses, too.</summary>
internal sealed class ConnectorKindAttribute : ReferenceAttribute
{
    public static string Spelled(string kind) => kind.Replace('-', '_');

    public override Task<string?> ProblemAsync(string value, IServiceProvider services, CancellationToken cancellation)
    {
        var catalog = services.GetRequiredService<ConnectorCatalog>();
        return Task.FromResult(catalog.Find(Spelled(value)) is null
            ? $"Use one of {string.Join(", ", catalog.All.Select(connector => connector.Info.Kind))}."
            : null);
    }
}
