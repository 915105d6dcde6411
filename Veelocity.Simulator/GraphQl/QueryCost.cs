using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Veelocity.Simulator.GraphQl;

/// <summary>
/// What a query costs by GitHub's documented rule, before it runs: the requests its connections need if every parent level is full,
/// divided by 100; and the nodes it may return. A connection that only asks for its total counts one request a parent.
/// </summary>
internal sealed class QueryCost(ISchema schema, GraphQLDocument document, GraphQLOperationDefinition operation, Inputs variables)
{
    private const int PageLimit = 100;
    private const long NodeLimit = 500_000;
    private const int DepthLimit = 40;
    private double _requests;
    private double _nodes;

    public int Points => Math.Max(1, (int)Math.Round(_requests / 100, MidpointRounding.AwayFromZero));
    public long NodeCount => (long)_nodes;
    public List<GitHubError> Errors { get; } = [];

    public QueryCost Count()
    {
        Walk(operation.SelectionSet, schema.Query, 1, 0);
        if (_nodes > NodeLimit)
            Errors.Add(new GitHubError("MAX_NODE_LIMIT_EXCEEDED", $"This query requests up to {NodeCount:N0} possible nodes which exceeds the maximum limit of 500,000."));
        return this;
    }

    private void Walk(GraphQLSelectionSet? selections, IGraphType? parent, double parents, int depth)
    {
        if (selections is null || parent is null || depth > DepthLimit)
            return;
        foreach (var selection in selections.Selections)
        {
            switch (selection)
            {
                case GraphQLField field when (parent as IComplexGraphType)?.Fields.Find(field.Name.Value) is { } definition:
                    Walk(field, definition.ResolvedType!.GetNamedType(), parents, depth + 1);
                    break;
                case GraphQLInlineFragment inline:
                    Walk(inline.SelectionSet, inline.TypeCondition is { } on ? schema.AllTypes[on.Type.Name.Value] : parent, parents, depth + 1);
                    break;
                case GraphQLFragmentSpread spread when Fragment(spread) is { } fragment:
                    Walk(fragment.SelectionSet, schema.AllTypes[fragment.TypeCondition.Type.Name.Value], parents, depth + 1);
                    break;
            }
        }
    }

    private GraphQLFragmentDefinition? Fragment(GraphQLFragmentSpread spread) =>
        document.Definitions.OfType<GraphQLFragmentDefinition>().FirstOrDefault(fragment => fragment.FragmentName.Name.Value == spread.FragmentName.Name.Value);

    private void Walk(GraphQLField field, IGraphType type, double parents, int depth)
    {
        var size = 1.0;
        if (type.Name.EndsWith("Connection", StringComparison.Ordinal))
        {
            _requests += parents;
            size = PageSize(field);
            _nodes += parents * size;
        }
        else if (field.Name.Value == "nodes" && parents <= 1 && Value(field, "ids") is IEnumerable<object?> ids)
        {
            size = ids.Count();
            _nodes += size;
        }

        Walk(field.SelectionSet, type, parents * size, depth);
    }

    private double PageSize(GraphQLField field)
    {
        var name = field.Alias?.Name.Value.ToString() ?? field.Name.Value.ToString();
        var size = Number(Value(field, "first")) ?? Number(Value(field, "last"));
        if (size is null)
        {
            var takesItems = field.SelectionSet?.Selections.OfType<GraphQLField>().Any(child => child.Name.Value == "nodes" || child.Name.Value == "edges") ?? false;
            if (takesItems)
                Errors.Add(new GitHubError("MISSING_PAGINATION_BOUNDARIES", $"You must provide a `first` or `last` value to properly paginate the `{name}` connection."));
            return 0;
        }

        if (size > PageLimit)
            Errors.Add(new GitHubError("EXCESSIVE_PAGINATION", $"Requesting {size} records on the `{name}` connection exceeds the `first` limit of 100 records."));
        if (size < 1)
            Errors.Add(new GitHubError("ARGUMENT_ERROR", $"`first` on the `{name}` connection cannot be less than 1."));
        return Math.Max(0, size.Value);
    }

    private object? Value(GraphQLField field, string argument) =>
        field.Arguments?.FirstOrDefault(candidate => candidate.Name.Value == argument)?.Value switch
        {
            GraphQLIntValue number => int.TryParse(number.Value.Span, System.Globalization.CultureInfo.InvariantCulture, out var parsed) ? parsed : int.MaxValue,
            GraphQLListValue list => list.Values?.Select(_ => (object?)null).ToList() ?? [],
            GraphQLVariable variable when variables.TryGetValue(variable.Name.Value.ToString(), out var given) => given,
            GraphQLVariable variable => Default(variable),
            _ => null,
        };

    private int? Default(GraphQLVariable variable) =>
        operation.Variables?.FirstOrDefault(candidate => candidate.Variable.Name.Value == variable.Name.Value)?.DefaultValue is GraphQLIntValue number
            ? int.Parse(number.Value.Span, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    private static int? Number(object? value) => value switch { int number => number, long number => (int)Math.Min(number, int.MaxValue), _ => null };
}
