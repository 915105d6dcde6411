using GraphQL;

namespace Veelocity.Simulator.GraphQl;

/// <summary>Reads an <c>orderBy</c> argument.</summary>
internal static class Order
{
    public static (string Field, bool Descending) From(IResolveFieldContext context, string field, bool descending = false) =>
        context.Arguments?.TryGetValue("orderBy", out var argument) == true && argument.Value is IDictionary<string, object?> order
            ? ((string)order["field"]!, (string)order["direction"]! == "DESC")
            : (field, descending);
}
