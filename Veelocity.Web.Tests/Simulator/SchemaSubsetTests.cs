using GraphQLParser;
using GraphQLParser.AST;
using Veelocity.Simulator;

namespace Veelocity.Web.Tests.Simulator;

public sealed class SchemaSubsetTests
{
    [Fact]
    public void The_simulators_schema_is_a_part_of_GitHubs()
    {
        var (own, published) = (Fields(Own()), Fields(Published()));

        Assert.True(own.Count > 400);
        Assert.Empty(own.Where(field => published.GetValueOrDefault(field.Key) != field.Value).Select(field => $"{field.Key}: {field.Value}, at GitHub {published.GetValueOrDefault(field.Key) ?? "nothing"}"));
    }

    private static Dictionary<string, string> Fields(string schema) => Parser.Parse(schema, new ParserOptions { Ignore = IgnoreOptions.Comments }).Definitions
        .OfType<GraphQLObjectTypeDefinition>()
        .SelectMany(type => (type.Fields?.Items ?? []).Select(field => (Name: $"{type.Name.StringValue}.{field.Name.StringValue}", Type: Text(field.Type))))
        .DistinctBy(field => field.Name, StringComparer.Ordinal)
        .ToDictionary(field => field.Name, field => field.Type, StringComparer.Ordinal);

    private static string Text(GraphQLType type) => type switch
    {
        GraphQLNonNullType required => Text(required.Type) + "!",
        GraphQLListType list => $"[{Text(list.Type)}]",
        GraphQLNamedType named => named.Name.StringValue,
        _ => type.ToString()!,
    };

    private static string Own()
    {
        using var reader = new StreamReader(typeof(GitHubSimulator).Assembly.GetManifestResourceStream("github.graphql")!);
        return reader.ReadToEnd();
    }

    private static string Published() => File.ReadAllText(Path.Combine(RootOf(AppContext.BaseDirectory), "node_modules", "@octokit", "graphql-schema", "schema.graphql"));

    private static string RootOf(string folder) => File.Exists(Path.Combine(folder, "Veelocity.sln")) ? folder : RootOf(Path.GetDirectoryName(folder)!);
}
