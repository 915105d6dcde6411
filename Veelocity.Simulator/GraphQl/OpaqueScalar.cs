using GraphQL.Types;
using GraphQLParser.AST;

namespace Veelocity.Simulator.GraphQl;

/// <summary>A scalar that travels as text: DateTime, URI, GitObjectID, GitTimestamp and BigInt do in GitHub's answers.</summary>
internal sealed class OpaqueScalar : ScalarGraphType
{
    public OpaqueScalar(string name) => Name = name;

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLStringValue text => text.Value.ToString(),
        GraphQLIntValue number => number.Value.ToString(),
        GraphQLNullValue => null,
        _ => ThrowLiteralConversionError(value),
    };

    public override object? ParseValue(object? value) => value?.ToString();

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        DateTimeOffset instant => Iso.Text(instant),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}
