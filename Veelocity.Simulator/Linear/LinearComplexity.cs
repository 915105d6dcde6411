using GraphQL;
using GraphQLParser;
using GraphQLParser.AST;

namespace Veelocity.Simulator.Linear;

/// <summary>
/// What a question costs by Linear's documented rule: a tenth for each scalar, one for each object, and a connection takes what is in it as often as it
/// may have rows, fifty when it does not say.
/// </summary>
public static class LinearComplexity
{
    public const double Most = 10_000;
    private const double DefaultRows = 50;

    public static double Of(string document, IReadOnlyDictionary<string, object?>? variables = null)
    {
        var operation = Parser.Parse(document).Definitions.OfType<GraphQLOperationDefinition>().First();
        return Of(operation.SelectionSet, operation, variables ?? new Dictionary<string, object?>(StringComparer.Ordinal));
    }

    private static double Of(GraphQLSelectionSet set, GraphQLOperationDefinition operation, IReadOnlyDictionary<string, object?> variables) =>
        set.Selections.OfType<GraphQLField>().Sum(field =>
        {
            if (field.SelectionSet is not { } inner) return 0.1;
            if (inner.Selections.OfType<GraphQLField>().FirstOrDefault(f => f.Name.Value == "nodes") is not { SelectionSet: { } nodes }) return 1 + Of(inner, operation, variables);
            var rest = inner.Selections.OfType<GraphQLField>().Where(f => f.Name.Value != "nodes" && f.SelectionSet is not null).Sum(f => 1 + Of(f.SelectionSet!, operation, variables));
            return rest + (Rows(field, operation, variables) * (1 + Of(nodes, operation, variables)));
        });

    private static double Rows(GraphQLField field, GraphQLOperationDefinition operation, IReadOnlyDictionary<string, object?> variables) =>
        (field.Arguments?.FirstOrDefault(a => a.Name.Value == "first") ?? field.Arguments?.FirstOrDefault(a => a.Name.Value == "last"))?.Value switch
        {
            GraphQLIntValue number => double.Parse(number.Value, System.Globalization.CultureInfo.InvariantCulture),
            GraphQLVariable variable when variables.TryGetValue(variable.Name.StringValue, out var given) && given is not null =>
                Convert.ToDouble(given, System.Globalization.CultureInfo.InvariantCulture),
            GraphQLVariable variable when operation.Variables?.FirstOrDefault(v => v.Variable.Name.Value == variable.Name.Value)?.DefaultValue is GraphQLIntValue number =>
                double.Parse(number.Value, System.Globalization.CultureInfo.InvariantCulture),
            _ => DefaultRows,
        };
}
