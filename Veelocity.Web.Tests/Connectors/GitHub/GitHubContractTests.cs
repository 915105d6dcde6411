using System.Text.Json;
using System.Text.RegularExpressions;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Visitors;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Tests.Connectors.GitHub;

/// <summary>What we ask for, held against what GitHub publishes: its GraphQL schema and its REST description, as npm serves them.</summary>
public sealed partial class GitHubContractTests
{
    private static readonly string Published = Path.Combine(RootOf(AppContext.BaseDirectory), "node_modules", "@octokit");

    private static readonly Lazy<ISchema> Schema = new(ReadSchema);

    public static TheoryData<string> Documents() =>
        [.. typeof(ConnectorCatalog).Assembly.GetManifestResourceNames().Where(name => name.Contains(".GitHub", StringComparison.Ordinal) && name.EndsWith(".graphql", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Every_query_is_valid_against_GitHubs_schema(string resource)
    {
        var document = Parser.Parse(TextOf(resource));

        var result = await new GraphQL.Validation.DocumentValidator().ValidateAsync(new GraphQL.Validation.ValidationOptions
        {
            Schema = Schema.Value,
            Document = document,
            Operation = document.Definitions.OfType<GraphQLOperationDefinition>().Single(),
            Variables = Variables,
            CancellationToken = TestContext.Current.CancellationToken,
        });

        Assert.Empty(result.Errors.Select(error => error.Message));
    }

    [Fact]
    public async Task A_field_that_GitHub_does_not_have_is_noticed()
    {
        var document = Parser.Parse("query { viewer { shoeSize } }");

        var result = await new GraphQL.Validation.DocumentValidator().ValidateAsync(new GraphQL.Validation.ValidationOptions
        {
            Schema = Schema.Value,
            Document = document,
            Operation = document.Definitions.OfType<GraphQLOperationDefinition>().Single(),
        });

        Assert.Contains("shoeSize", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/user/repos", "affiliation sort per_page page", "id node_id full_name html_url default_branch private archived fork created_at pushed_at")]
    [InlineData("/repos/{owner}/{repo}", "", "id node_id full_name html_url default_branch private archived fork created_at pushed_at")]
    [InlineData("/repos/{owner}/{repo}/commits", "sha per_page page", "sha commit.message commit.author commit.committer author parents.sha")]
    [InlineData("/repos/{owner}/{repo}/actions/workflows", "per_page page", "workflows.id workflows.name workflows.path workflows.state")]
    [InlineData("/repos/{owner}/{repo}/actions/runs", "created per_page page exclude_pull_requests", "total_count workflow_runs.id workflow_runs.name workflow_runs.display_title workflow_runs.path workflow_runs.run_number workflow_runs.run_attempt workflow_runs.event workflow_runs.status workflow_runs.conclusion workflow_runs.workflow_id workflow_runs.head_branch workflow_runs.head_sha workflow_runs.html_url workflow_runs.created_at workflow_runs.run_started_at workflow_runs.updated_at workflow_runs.actor workflow_runs.triggering_actor")]
    [InlineData("/repos/{owner}/{repo}/actions/runs/{run_id}", "exclude_pull_requests", "id run_attempt status")]
    [InlineData("/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}", "exclude_pull_requests", "id run_attempt status")]
    [InlineData("/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs", "per_page page", "jobs.id jobs.name jobs.status jobs.conclusion jobs.started_at jobs.completed_at jobs.steps")]
    [InlineData("/repos/{owner}/{repo}/deployments", "per_page", "id environment production_environment transient_environment")]
    public void Every_REST_path_parameter_and_field_is_described_by_GitHub(string path, string parameters, string fields)
    {
        using var description = JsonDocument.Parse(File.ReadAllText(Path.Combine(Published, "openapi", "generated", "api.github.com.json")));
        var operation = description.RootElement.GetProperty("paths").GetProperty(path).GetProperty("get");
        var known = operation.GetProperty("parameters").EnumerateArray().Select(parameter => Resolve(description, parameter).GetProperty("name").GetString());
        var answer = operation.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");

        Assert.Empty(Words().Matches(parameters).Select(word => word.Value).Except(known));
        Assert.All(Words().Matches(fields).Select(word => word.Value), field => Assert.True(Has(description, answer, field.Split('.')), field));
    }

    private static ISchema ReadSchema()
    {
        var definitions = Parser.Parse(
            File.ReadAllText(Path.Combine(Published, "graphql-schema", "schema.graphql")), new ParserOptions { Ignore = IgnoreOptions.Comments });
        // The published text declares some fields twice, which a strict reader refuses.
        foreach (var type in definitions.Definitions.OfType<GraphQLObjectTypeDefinition>())
            type.Fields?.Items = [.. type.Fields.Items.DistinctBy(field => field.Name.StringValue)];
        // Nothing is executed, but the library wants to know how it would be.
        var schema = GraphQL.Types.Schema.For(new SDLPrinter().Print(definitions), builder =>
        {
            foreach (var type in definitions.Definitions.Where(type => type is GraphQLUnionTypeDefinition or GraphQLInterfaceTypeDefinition))
                builder.Types.For(((GraphQLTypeDefinition)type).Name.StringValue).ResolveType = _ => null!;
        });
        foreach (var scalar in definitions.Definitions.OfType<GraphQLScalarTypeDefinition>())
            schema.RegisterType(new AnyScalar(scalar.Name.StringValue));
        schema.Initialize();
        return schema;
    }

    private static bool Has(JsonDocument description, JsonElement schema, ReadOnlySpan<string> path)
    {
        var resolved = Resolve(description, schema);
        if (resolved.TryGetProperty("items", out var items))
            return Has(description, items, path);
        if (path.IsEmpty)
            return true;
        return resolved.TryGetProperty("properties", out var properties)
            && properties.TryGetProperty(path[0], out var property)
            && Has(description, property, path[1..]);
    }

    private static JsonElement Resolve(JsonDocument description, JsonElement element)
    {
        if (!element.TryGetProperty("$ref", out var reference))
            return element;
        var target = description.RootElement;
        foreach (var part in reference.GetString()!.Split('/').Skip(1))
            target = target.GetProperty(part);
        return target;
    }

    private static string TextOf(string resource)
    {
        using var stream = typeof(ConnectorCatalog).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // Only their kinds matter here.
    private static readonly GraphQL.Inputs Variables = new(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["owner"] = "acme",
        ["name"] = "web",
        ["number"] = 1,
        ["first"] = 25,
        ["id"] = "R_1",
        ["ids"] = new List<object> { "R_1" },
        ["open"] = new List<object>(),
        ["totals"] = true,
        ["withReleases"] = true,
        ["withTags"] = true,
        ["conclusions"] = new List<object> { "FAILURE" },
        ["head"] = new string('a', 40),
    });

    private static string RootOf(string folder) =>
        File.Exists(Path.Combine(folder, "Veelocity.sln")) ? folder : RootOf(Path.GetDirectoryName(folder)!);

    [GeneratedRegex(@"[\w.]+")]
    private static partial Regex Words();

    private sealed class AnyScalar : ScalarGraphType
    {
        public AnyScalar(string name) => Name = name;

        public override object? ParseLiteral(GraphQLValue value) => value.ToString();

        public override object? ParseValue(object? value) => value;
    }
}
