using System.Text.Json.Nodes;
using Veelocity.Simulator.Gate;

namespace Veelocity.Web.Tests.Simulator;

public sealed class GraphQlTests(SimulatedGitHub world) : IClassFixture<SimulatedGitHub>
{
    private static readonly object Shop = new { owner = "acme", name = "shop-web" };

    public static TheoryData<string, int, int> CostedQueries => new()
    {
        { Queries.PullRequests, 3, 8_050 },
        { Queries.Commits, 2, 400 },
        { Queries.Deployments, 1, 600 },
        { Queries.Releases, 1, 200 },
    };

    [Theory]
    [MemberData(nameof(CostedQueries))]
    public async Task A_wide_query_runs_without_errors_and_costs_what_the_documented_rule_says(string query, int points, int nodes)
    {
        var answer = await world.Query(query, Shop);

        Assert.Null(answer["errors"]);
        Assert.Equal(points, (int)answer["data"]!["rateLimit"]!["cost"]!);
        Assert.Equal(nodes, (int)answer["data"]!["rateLimit"]!["nodeCount"]!);
    }

    [Fact]
    public async Task Repositories_and_members_of_an_organization_come()
    {
        var repositories = await world.Query(Queries.Repositories, new { login = "acme" });
        var members = await world.Query(Queries.Members, new { org = "acme" });

        Assert.Null(repositories["errors"]);
        Assert.Null(members["errors"]);
        Assert.Equal("Organization", (string?)repositories["data"]!["repositoryOwner"]!["__typename"]);
        var empty = repositories["data"]!["repositoryOwner"]!["repositories"]!["nodes"]!.AsArray().Single(node => (bool)node!["isEmpty"]!);
        Assert.Null(empty!["defaultBranchRef"]);
        Assert.Equal(25, (int)members["data"]!["organization"]!["membersWithRole"]!["totalCount"]!);
    }

    [Theory]
    [InlineData(Queries.PullRequests, "pullRequests", "number")]
    [InlineData(Queries.Deployments, "deployments", "id")]
    [InlineData(Queries.Commits, "defaultBranchRef/target/history", "oid")]
    public async Task Pages_give_everything_once(string query, string path, string key)
    {
        var seen = new List<string>();
        string? after = null;
        int total;
        do
        {
            var answer = await world.Query(query, new { owner = "acme", name = "shop-web", first = 37, after });
            Assert.Null(answer["errors"]);
            var connection = path.Split('/').Aggregate(answer["data"]!["repository"]!, (node, step) => node[step]!);
            seen.AddRange(connection["nodes"]!.AsArray().Select(node => node![key]!.ToString()));
            total = (int)connection["totalCount"]!;
            after = (bool)connection["pageInfo"]!["hasNextPage"]! ? (string?)connection["pageInfo"]!["endCursor"] : null;
        }
        while (after is not null);

        Assert.True(total > 37);
        Assert.Equal(total, seen.Count);
        Assert.Equal(total, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_pull_request_that_changes_between_two_pages_hides_none_of_the_others()
    {
        var first = await world.Query(Queries.PullRequests, new { owner = "acme", name = "handbook", first = 5 });
        var page = first["data"]!["repository"]!["pullRequests"]!;
        var repository = world.World.FindRepository("acme", "handbook")!;
        var moved = repository.PullRequests.MinBy(pull => pull.UpdatedAt)!;
        moved.Touch(SimulatedGitHub.Now);

        var rest = await world.Query(Queries.PullRequests, new { owner = "acme", name = "handbook", first = 100, after = (string?)page["pageInfo"]!["endCursor"] });

        var numbers = new[] { page, rest["data"]!["repository"]!["pullRequests"]! }.SelectMany(part => part["nodes"]!.AsArray().Select(node => (int)node!["number"]!)).ToList();
        Assert.Equal(repository.PullRequests.Select(pull => pull.Number).Except([moved.Number]).Order(), numbers.Order());
    }

    [Fact]
    public async Task Commits_beyond_the_first_hundred_are_reached_through_the_node()
    {
        var giant = world.World.FindRepository("acme", "shop-web")!.PullRequests.Single(pull => pull.Commits.Count > 100);

        var first = await world.Query(Queries.MoreCommits, new { id = giant.NodeId });
        var page = first["data"]!["node"]!["commits"]!;
        var second = await world.Query(Queries.MoreCommits, new { id = giant.NodeId, after = (string?)page["pageInfo"]!["endCursor"] });

        var oids = page["nodes"]!.AsArray().Concat(second["data"]!["node"]!["commits"]!["nodes"]!.AsArray()).Select(node => (string)node!["commit"]!["oid"]!);
        Assert.Equal(giant.Commits.Select(commit => commit.Sha), oids);
    }

    [Fact]
    public async Task Aliases_fragments_and_directives_work_as_the_language_says()
    {
        const string query = """
            query ($deep: Boolean!) {
              shop: repository(owner: "ACME", name: "Shop-Web") { ...brief }
              api: repository(owner: "acme", name: "payments-api") { ...brief languages: primaryLanguage @include(if: $deep) { name } }
            }
            fragment brief on Repository { nameWithOwner newest: pullRequests(last: 1, orderBy: {field: CREATED_AT, direction: ASC}) { edges { cursor node { number } } } }
            """;

        var answer = await world.Query(query, new { deep = false });

        Assert.Null(answer["errors"]);
        Assert.Equal("acme/shop-web", (string?)answer["data"]!["shop"]!["nameWithOwner"]);
        Assert.Equal(world.World.FindRepository("acme", "payments-api")!.PullRequests[^1].Number, (int)answer["data"]!["api"]!["newest"]!["edges"]![0]!["node"]!["number"]!);
        Assert.False(answer["data"]!["api"]!.AsObject().ContainsKey("languages"));
    }

    [Fact]
    public async Task Jobs_of_many_runs_come_in_one_query_and_a_missing_one_is_null_in_its_place()
    {
        var ids = world.World.FindRepository("acme", "payments-api")!.Runs.Take(19).Select(run => run.NodeId).Append("WFR_nothing").ToList();

        var answer = await world.Query(Queries.Jobs, new { ids });

        Assert.Equal("NOT_FOUND", (string?)answer["errors"]![0]!["type"]);
        Assert.Equal(10, (int)answer["data"]!["rateLimit"]!["cost"]!);
        Assert.Equal(31_020, (int)answer["data"]!["rateLimit"]!["nodeCount"]!);
        Assert.Equal(20, answer["data"]!["nodes"]!.AsArray().Count);
        Assert.Null(answer["data"]!["nodes"]![19]);
        Assert.Equal("WorkflowRun", (string?)answer["data"]!["nodes"]![0]!["__typename"]);
    }

    [Fact]
    public async Task A_bot_has_no_suffix_here_and_a_deleted_author_is_null()
    {
        var logins = new List<string?>();
        string? after = null;
        do
        {
            var answer = await world.Query(Queries.PullRequests, new { owner = "acme", name = "shop-web", first = 100, after });
            var page = answer["data"]!["repository"]!["pullRequests"]!;
            logins.AddRange(page["nodes"]!.AsArray().Select(node => node!["author"] is JsonObject author ? $"{author["__typename"]} {author["login"]}" : null));
            after = (bool)page["pageInfo"]!["hasNextPage"]! ? (string?)page["pageInfo"]!["endCursor"] : null;
        }
        while (after is not null);

        Assert.Contains("Bot dependabot", logins);
        Assert.Contains(null, logins);
        Assert.DoesNotContain(logins, login => login?.Contains("[bot]", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData("""{ repository(owner: "acme", name: "nothing") { id } }""", "NOT_FOUND")]
    [InlineData("""{ repository(owner: "acme", name: "shop-web") { pullRequests(first: 101) { nodes { id } } } }""", "EXCESSIVE_PAGINATION")]
    [InlineData("""{ repository(owner: "acme", name: "shop-web") { pullRequests { nodes { id } } } }""", "MISSING_PAGINATION_BOUNDARIES")]
    [InlineData("""{ repository(owner: "acme", name: "shop-web") { pullRequests(first: 100) { nodes { reviews(first: 100) { nodes { pullRequest { commits(first: 100) { nodes { url } } } } } } } } }""", "MAX_NODE_LIMIT_EXCEEDED")]
    public async Task What_GitHub_refuses_is_refused_with_its_type(string query, string type)
    {
        var answer = await world.Query(query);

        Assert.Equal(type, (string?)answer["errors"]![0]!["type"]);
        Assert.Null(answer["data"]?["repository"]);
    }

    [Fact]
    public async Task An_unknown_field_is_named_with_the_code_GitHub_gives()
    {
        var answer = await world.Query("{ viewer { shoeSize } }");

        Assert.Equal("undefinedField", (string?)answer["errors"]![0]!["extensions"]!["code"]);
        Assert.Equal("Field 'shoeSize' doesn't exist on type 'User'", (string?)answer["errors"]![0]!["message"]);
    }

    [Fact]
    public async Task Points_are_taken_from_a_budget_of_their_own_and_each_query_is_in_the_log()
    {
        var before = await world.Query("{ rateLimit { remaining } }", token: "ghp_counting");
        await world.Query(Queries.PullRequests, Shop, "ghp_counting");
        var after = await world.Query("{ rateLimit { remaining } }", token: "ghp_counting");

        Assert.Equal(4, (int)before["data"]!["rateLimit"]!["remaining"]! - (int)after["data"]!["rateLimit"]!["remaining"]!);
        Assert.Contains(world.GitHub.RequestLog.All, request => request is { Kind: RequestKind.GraphQl, Operation: "PullRequests", Cost: 3, Status: 200 });
    }
}
