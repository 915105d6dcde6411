using GraphQL;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;
using Veelocity.Simulator;
using Veelocity.Simulator.Linear;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Connectors.Linear;

/// <summary>What we ask for, held against what Linear publishes, and against the price that Linear puts on it.</summary>
public sealed class LinearContractTests
{
    public static TheoryData<string> Documents() =>
        [.. typeof(ConnectorCatalog).Assembly.GetManifestResourceNames().Where(name => name.Contains(".Linear.", StringComparison.Ordinal) && name.EndsWith(".graphql", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Every_question_is_valid_against_Linears_schema_costs_less_than_it_allows_and_says_how_many_rows_it_wants(string resource)
    {
        var text = TextOf(typeof(ConnectorCatalog).Assembly, resource);

        Assert.Empty(await ErrorsOfAsync(text));
        Assert.InRange(LinearComplexity.Of(text, Variables), 1, LinearComplexity.Most - 1);
        Assert.All(Connections(text), connection => Assert.Contains(connection.Arguments?.Items ?? [], argument => argument.Name.Value == "first"));
        Assert.All(
            Connections(text).Where(c => PublishedSchema.Text.Contains($"  {c.Name.StringValue}(after: String before: String filter", StringComparison.Ordinal) && c.Name.Value != "teams"),
            connection => Assert.Contains(connection.Arguments!.Items, argument => argument.Name.Value == "includeArchived"));
    }

    [Fact]
    public void There_are_questions() => Assert.True(Documents().Count > 8);

    [Theory]
    [InlineData("query { viewer { shoeSize } }", "shoeSize")]
    [InlineData("query { issues(first: 1, filter: { shoeSize: { gt: 3 } }) { nodes { id } } }", "shoeSize")]
    public async Task What_Linear_does_not_have_is_noticed(string question, string word) =>
        Assert.Contains(word, Assert.Single(await ErrorsOfAsync(question)), StringComparison.Ordinal);

    // The documented rule by hand: 100 users of 14 scalars are 240, and a page mark 1.2.
    [Theory]
    [InlineData("query { users(first: 100) { pageInfo { hasNextPage endCursor } nodes { id name displayName email avatarUrl active app guest admin gitHubUserId timezone createdAt updatedAt archivedAt } } }", 241.2)]
    [InlineData("query { issues { nodes { id labels { nodes { id } } } } }", 50 * (1 + 0.1 + (50 * 1.1)))]
    public void The_price_is_reckoned_as_Linear_documents_it(string question, double price) => Assert.Equal(price, LinearComplexity.Of(question), 6);

    [Fact]
    public void The_simulators_Linear_is_a_part_of_Linears()
    {
        var (own, published) = (Fields(TextOf(typeof(GitHubSimulator).Assembly, "linear.graphql")), Fields(PublishedSchema.Text));

        Assert.True(own.Count > 120);
        Assert.Empty(own.Where(field => published.GetValueOrDefault(field.Key) != field.Value).Select(field => $"{field.Key}: {field.Value}, at Linear {published.GetValueOrDefault(field.Key) ?? "nothing"}"));
    }

    private static async Task<List<string>> ErrorsOfAsync(string question)
    {
        var document = Parser.Parse(question);
        var result = await new DocumentValidator().ValidateAsync(new ValidationOptions
        {
            Schema = PublishedSchema.Schema,
            Document = document,
            Operation = document.Definitions.OfType<GraphQLOperationDefinition>().Single(),
            Variables = new Inputs(Variables),
            CancellationToken = TestContext.Current.CancellationToken,
        });
        return [.. result.Errors.Select(error => error.Message)];
    }

    private static Dictionary<string, string> Fields(string schema) => Parser.Parse(schema, new ParserOptions { Ignore = IgnoreOptions.Comments }).Definitions
        .SelectMany(definition => definition switch
        {
            GraphQLObjectTypeDefinition type => (type.Fields?.Items ?? []).Select(field => (Name: $"{type.Name.StringValue}.{field.Name.StringValue}", Type: TypeText(field.Type))),
            GraphQLInputObjectTypeDefinition input => (input.Fields?.Items ?? []).Select(field => (Name: $"{input.Name.StringValue}.{field.Name.StringValue}", Type: TypeText(field.Type))),
            _ => [],
        }).ToDictionary(field => field.Name, field => field.Type, StringComparer.Ordinal);

    private static string TypeText(GraphQLType type) => type switch
    {
        GraphQLNonNullType required => TypeText(required.Type) + "!",
        GraphQLListType list => $"[{TypeText(list.Type)}]",
        GraphQLNamedType named => named.Name.StringValue,
        _ => type.ToString()!,
    };

    private static IEnumerable<GraphQLField> Connections(string text)
    {
        var waiting = new Stack<GraphQLSelectionSet>(Parser.Parse(text).Definitions.OfType<GraphQLOperationDefinition>().Select(o => o.SelectionSet));
        while (waiting.TryPop(out var set))
        {
            foreach (var field in set.Selections.OfType<GraphQLField>().Where(f => f.SelectionSet is not null))
            {
                waiting.Push(field.SelectionSet!);
                if (field.SelectionSet!.Selections.OfType<GraphQLField>().Any(f => f.Name.Value == "nodes")) yield return field;
            }
        }
    }

    private static string TextOf(System.Reflection.Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private static readonly Dictionary<string, object?> Variables = new(StringComparer.Ordinal)
    {
        ["first"] = 50,
        ["id"] = "1",
        ["url"] = "https://veelocity.example/",
        ["secret"] = "secret",
        ["filter"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["updatedAt"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["gte"] = "2026-01-01T00:00:00Z" } },
    };
}
