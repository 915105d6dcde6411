using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphQLParser;
using GraphQLParser.AST;

namespace Veelocity.Simulator.GraphQl;

/// <summary>The schema: github.graphql with a resolver on every field. A field without one stops the start.</summary>
internal static class GitHubSchema
{
    private static readonly string[] Scalars = ["DateTime", "URI", "GitObjectID", "GitTimestamp", "BigInt"];

    public static ISchema Build()
    {
        using var reader = new StreamReader(typeof(GitHubSchema).Assembly.GetManifestResourceStream("github.graphql")!);
        var sdl = reader.ReadToEnd();
        Schema? built = null;
        var schema = Schema.For(sdl, builder =>
        {
            QueryFields.Define(builder.Types);
            ActorFields.Define(builder.Types);
            RepositoryFields.Define(builder.Types);
            PullRequestFields.Define(builder.Types);
            CommitFields.Define(builder.Types);
            DeliveryFields.Define(builder.Types);
            RunFields.Define(builder.Types);
            FileFields.Define(builder.Types);
            DefineConnections(builder.Types, sdl);
            foreach (var abstractType in new[] { "Node", "Actor", "GitObject", "RepositoryOwner", "RequestedReviewer", "PullRequestTimelineItems" })
                builder.Types.For(abstractType).ResolveType = value => (IObjectGraphType)built!.AllTypes[TypeNames.Of(value)]!;
        });
        built = schema;
        foreach (var scalar in Scalars)
            schema.RegisterType(new OpaqueScalar(scalar));
        schema.Initialize();
        var unresolved = schema.AllTypes.OfType<IObjectGraphType>()
            .Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(type => type.Fields.Where(field => field.Resolver is null).Select(field => $"{type.Name}.{field.Name}"))
            .ToList();
        return unresolved.Count == 0 ? schema : throw new InvalidOperationException("No resolver for " + string.Join(", ", unresolved));
    }

    private static void DefineConnections(TypeSettings types, string sdl)
    {
        foreach (var type in Parser.Parse(sdl).Definitions.OfType<GraphQLObjectTypeDefinition>())
        {
            var name = type.Name.Value.ToString();
            if (name.EndsWith("Connection", StringComparison.Ordinal))
            {
                types.Of<Page>(name)
                    .Field("nodes", page => page.Nodes)
                    .Field("edges", page => page.Edges)
                    .Field("pageInfo", page => page)
                    .Field("totalCount", page => page.TotalCount)
                    .Field("filteredCount", page => page.TotalCount);
            }
            else if (name.EndsWith("Edge", StringComparison.Ordinal))
            {
                types.Of<Edge>(name).Field("node", edge => edge.Node).Field("cursor", edge => edge.Cursor).Field("role", _ => "MEMBER");
            }
        }

        types.Of<Page>("PageInfo")
            .Field("hasNextPage", page => page.HasNext)
            .Field("hasPreviousPage", page => page.HasPrevious)
            .Field("startCursor", page => page.Edges.Count == 0 ? null : page.Edges[0].Cursor)
            .Field("endCursor", page => page.Edges.Count == 0 ? null : page.Edges[^1].Cursor);
    }

    internal static TypeResolvers<T> Of<T>(this TypeSettings types, string name) => new(types.For(name));
}
