using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Simulator;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Data;
using Veelocity.Web.SampleData;
using Veelocity.Web.Tests.Infra;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Docs;

/// <summary>
/// The examples of docs/api.md, run by the real curl against the real app with a sample organization, one after another; and the description of the
/// API that is committed. VEELOCITY_WRITE=1 writes anew what was answered (Api/examples.json) and the description (docs/openapi.json).
/// </summary>
public sealed partial class ApiExamplesTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly bool Writes = Environment.GetEnvironmentVariable("VEELOCITY_WRITE") == "1";
    private static readonly string Page = Path.Combine(LinkTests.Root, "docs", "api.md"), Recorded = Path.Combine(LinkTests.Root, "Veelocity.Web", "Api", "examples.json"),
        Committed = Path.Combine(LinkTests.Root, "docs", "openapi.json");

    // What later examples need of an earlier one's answer.
    private static readonly Dictionary<string, string> Answered = new(StringComparer.Ordinal)
    {
        ["POST /api/v1/metrics/decisions"] = "DECISION",
        ["POST /api/v1/organizations/{id}/invite"] = "INVITATION",
        ["POST /api/v1/incidents"] = "INCIDENT",
        ["POST /api/v1/teams"] = "NEW_TEAM",
        ["POST /api/v1/tokens"] = "API_TOKEN",
        ["POST /api/v1/services"] = "NEW_SERVICE",
    };

    // Where a rule can stand against what is asked.
    private static readonly Dictionary<string, string> OfTheirOwn = new(StringComparer.Ordinal)
    {
        ["POST /api/v1/auth/register"] = "403",
        ["POST /api/v1/auth/login"] = "401",
        ["POST /api/v1/organizations"] = "403",
        ["PUT /api/v1/organizations/{id}/members/{userId}/role"] = "409",
        ["DELETE /api/v1/organizations/{id}/members/{userId}"] = "409",
        ["POST /api/v1/organizations/{id}/invite"] = "409",
        ["POST /api/v1/connectors/github/connect"] = "409",
        ["POST /api/v1/connectors/linear/connect"] = "409",
        ["POST /api/v1/connectors/slack/connect"] = "409",
        ["POST /api/v1/sync/logs/{id}/cancel"] = "409",
        ["POST /api/v1/teams/{id}/restore"] = "409",
        ["PUT /api/v1/services/{id}/source"] = "409",
        ["DELETE /api/v1/services/{id}"] = "409",
        ["POST /api/v1/incidents/{id}/resolve"] = "409",
        ["POST /api/v1/incidents/{id}/reopen"] = "409",
        ["DELETE /api/v1/incidents/{id}"] = "409",
        ["POST /api/v1/connectors/{kind}/sync"] = "409",
        ["DELETE /api/v1/connectors/{kind}"] = "409",
        ["POST /api/v1/sync/trigger"] = "409",
        ["PATCH /api/v1/auth/me"] = "403",
        ["DELETE /api/v1/auth/me"] = "409",
        ["POST /api/v1/people/merge"] = "409",
        ["POST /api/v1/people/split"] = "409",
        ["POST /api/v1/people/keep-apart"] = "409",
        ["POST /api/v1/tokens"] = "409",
    };

    private readonly TestApp app = new();
    private GitHubSimulator simulator = null!;

    public async ValueTask InitializeAsync()
    {
        simulator = await GitHubSimulator.StartAsync(SeededWorld.Create(new SeedOptions { Now = SeedOptions.Today(TimeProvider.System), PullRequests = 5 }), cancel: Now);
        app.Settings["Connectors:GitHub:BaseUrl"] = simulator.BaseUrl.ToString();
        app.Settings["Connectors:Slack:BaseUrl"] = new Uri(simulator.BaseUrl, "/slack/api/").ToString();
        app.Settings["Connectors:Linear:BaseUrl"] = new Uri(simulator.BaseUrl, "/linear/").ToString();
        await app.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await simulator.DisposeAsync();
    }

    [Fact]
    public async Task Each_example_runs_as_it_stands_and_answers_as_recorded()
    {
        var words = await WordsAsync();
        var recorded = Writes ? [] : JsonNode.Parse(await File.ReadAllTextAsync(Recorded, Now))!.AsObject();
        var described = (await OperationsAsync()).ToDictionary(o => o.Name, o => o.Operation["responses"]!.AsObject(), StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var (operation, command) in Examples())
        {
            var (status, answer) = await RunAsync(command, words);
            if (status is < 200 or > 299 || !described[operation].ContainsKey($"{status}"))
            {
                wrong.Add($"{operation}: {status} {answer}");
                continue;
            }
            var node = answer.Length == 0 ? null : JsonNode.Parse(answer);
            if (Answered.TryGetValue(operation, out var word)) words[word] = Id(node!)!;
            if (operation == "POST /api/v1/sync/trigger") words["SYNC"] = await SyncAsync();
            if (Writes) recorded[operation] = Example(Body().Match(Filled(command, words)).Groups["body"].Value, node);
            else if (recorded[operation] is not JsonObject known) wrong.Add($"{operation}: no recorded answer");
            else if (Shape(Short(node)) is var now && Shape(known["answer"]) is var before && !now.SetEquals(before))
                wrong.Add($"{operation}: fields {string.Join(", ", now.Except(before))} came, {string.Join(", ", before.Except(now))} went");
        }
        Assert.Empty(wrong);
        if (Writes) await File.WriteAllTextAsync(Recorded, recorded.ToJsonString(Written) + "\n", Now);
    }

    [Fact]
    public async Task Every_operation_has_an_example_and_none_is_of_another()
    {
        var described = (await OperationsAsync()).Select(o => o.Name).Order(StringComparer.Ordinal);
        Assert.Equal(described, Examples().Select(example => example.Operation).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_is_described_with_parameters_examples_and_errors()
    {
        var lacking = new List<string>();
        foreach (var (name, operation) in await OperationsAsync())
        {
            if (operation["summary"] is null) lacking.Add($"{name}: no summary");
            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
                if (parameter!["description"] is null) lacking.Add($"{name}: parameter {parameter["name"]} has no description");
            if (operation["requestBody"]?["content"]?["application/json"] is { } body && body["example"] is null) lacking.Add($"{name}: no example of what is sent");
            var responses = operation["responses"]!.AsObject();
            foreach (var (status, response) in responses)
            {
                if (status[0] == '2' && response!["content"]?["application/json"] is { } answer && answer["example"] is null) lacking.Add($"{name}: no example of the answer {status}");
                if (string.IsNullOrEmpty(response!["description"]?.GetValue<string>())) lacking.Add($"{name}: the answer {status} has no description");
            }
            foreach (var error in ErrorsOf(name, operation).Where(error => !responses.ContainsKey(error))) lacking.Add($"{name}: the error {error} is not described");
            foreach (var (status, response) in responses.Where(response => response.Key[0] is not '2'))
            {
                var example = response!["content"]?["application/problem+json"]?["example"];
                if ($"{example?["status"]}" != status || string.IsNullOrEmpty((string?)example!["code"])) lacking.Add($"{name}: the error {status} has no example of its own");
            }
        }
        Assert.Empty(lacking);
    }

    [Fact]
    public async Task The_committed_description_is_the_one_that_is_served()
    {
        var served = (await DescriptionAsync()).ToJsonString(Written) + "\n";
        if (Writes) await File.WriteAllTextAsync(Committed, served, Now);
        Assert.True(served == (await File.ReadAllTextAsync(Committed, Now)).ReplaceLineEndings("\n"), "docs/openapi.json is not what the app serves: run this class with VEELOCITY_WRITE=1, and read the difference.");
    }

    /// <summary>What an operation of its kind can answer; errors of its own come on top.</summary>
    private static IEnumerable<string> ErrorsOf(string name, JsonObject operation)
    {
        var parameters = (operation["parameters"]?.AsArray() ?? []).Select(p => ((string)p!["name"]!, (string)p["in"]!)).ToList();
        var hasBody = operation["requestBody"] is not null;
        yield return "429";
        if (operation["security"] is not null) yield return "401";
        yield return "422";
        if (hasBody) yield return "415";
        if (hasBody || parameters.Exists(p => p.Item2 == "query") || parameters.Contains(("X-Organization", "header"))) yield return "400";
        if (parameters.Contains(("X-Organization", "header")) || name.Contains("/organizations/{id}", StringComparison.Ordinal))
        {
            yield return "403";
            yield return "404";
        }
        if (OfTheirOwn.TryGetValue(name, out var own)) yield return own;
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private static List<(string Operation, string Command)> Examples() =>
        [.. OneExample().Matches(File.ReadAllText(Page)).Select(match => (match.Groups["operation"].Value, match.Groups["command"].Value))];

    private static string Filled(string command, Dictionary<string, string> words) => Word().Replace(command, match => words.GetValueOrDefault(match.Groups["word"].Value, match.Value));

    /// <summary>Runs the command in a shell whose curl is the real one, asked for the status too.</summary>
    private static async Task<(int Status, string Answer)> RunAsync(string command, Dictionary<string, string> words)
    {
        var answer = Path.GetTempFileName();
        var script = string.Concat(words.Select(word => $"export {word.Key}='{word.Value}'\n")) + $$"""curl() { command curl -o "{{answer}}" -w '%{http_code}' "$@"; }""" + "\n" + command;
        var (output, errors, _) = await Kubectl.RunAsync("bash", ["-c", script]);
        var text = await File.ReadAllTextAsync(answer, Now);
        File.Delete(answer);
        return (int.TryParse(output, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0, text + errors);
    }

    /// <summary>Someone with a sample organization, and ids of things in it.</summary>
    private async Task<Dictionary<string, string>> WordsAsync()
    {
        var (someone, member, leaver) = (await app.SomeoneAsync(), await app.SomeoneAsync(), await app.SomeoneAsync("four words nobody guesses"));
        await using var scope = app.Services.CreateAsyncScope();
        await using var db = app.Database.Open();
        var userId = await db.Users.Where(u => u.Email == someone.Email).Select(u => u.Id).SingleAsync(Now);
        var slug = await scope.ServiceProvider.GetRequiredService<SampleOrganization>().FoundAsync(userId, "Europe/Paris", Now);
        var id = await db.Organizations.IgnoreQueryFilters().Where(o => o.Slug == slug).Select(o => o.Id).SingleAsync(Now);
        var memberId = await db.Users.Where(u => u.Email == member.Email).Select(u => u.Id).SingleAsync(Now);
        db.Memberships.Add(new Membership { OrganizationId = id, UserId = memberId, Role = Role.Viewer, JoinedAt = TimeProvider.System.GetUtcNow() });
        await db.SaveChangesAsync(Now);

        async Task<string> IdAsync<TRow>(IQueryable<TRow> rows, System.Linq.Expressions.Expression<Func<TRow, Guid>> select)
            where TRow : class, IOwned => (await rows.IgnoreQueryFilters().Where(row => row.OrganizationId == id).Select(select).FirstAsync(Now)).ToString();
        var change = await db.DeployedChanges.IgnoreQueryFilters().Where(c => c.OrganizationId == id && c.LeftOut == null).OrderByDescending(c => c.DeployedAt).FirstAsync(Now);
        var other = await db.People.IgnoreQueryFilters().Where(p => p.OrganizationId == id).OrderBy(p => p.Name).Select(p => p.Id).Skip(1).FirstAsync(Now);
        return new(StringComparer.Ordinal)
        {
            ["VEELOCITY"] = app.Address.ToString().TrimEnd('/'),
            ["TOKEN"] = someone.Token,
            ["LEAVER_TOKEN"] = leaver.Token,
            ["ORGANIZATION"] = slug,
            ["MEMBER"] = memberId.ToString(),
            ["TEAM"] = await IdAsync(db.Teams.OrderBy(t => t.Name), t => t.Id),
            ["PERSON"] = await IdAsync(db.People.OrderBy(p => p.Name), p => p.Id),
            ["OTHER_PERSON"] = other.ToString(),
            ["THIRD_PERSON"] = await IdAsync(db.People.OrderByDescending(p => p.Name), p => p.Id),
            ["ACCOUNT"] = await IdAsync(db.Accounts.Where(a => a.PersonId == other), a => a.Id),
            ["REPOSITORY"] = change.RepositoryId.ToString(),
            ["SERVICE"] = change.ServiceId.ToString(),
            ["CHANGE"] = change.PullRequestId.ToString(),
            ["DEPLOYMENT"] = change.DeploymentId.ToString(),
            ["OTHER_INCIDENT"] = await IdAsync(db.Incidents.Where(i => i.MergedIntoId == null)
                .OrderBy(i => i.StartedAt), i => i.Id),
            ["WORKFLOW"] = await IdAsync(db.Workflows.OrderBy(w => w.Name), w => w.Id),
            ["ISSUE"] = await IdAsync(db.Issues.Where(i => i.Identifier == "SHOP-1"), i => i.Id),
            ["CYCLE"] = await IdAsync(db.Cycles.OrderBy(c => c.StartsAt), c => c.Id),
            ["PROJECT"] = await IdAsync(db.Projects.OrderBy(p => p.Name), p => p.Id),
        };
    }

    private async Task<string> SyncAsync()
    {
        await using var db = app.Database.Open();
        return (await db.SyncRuns.IgnoreQueryFilters().Where(run => run.FinishedAt == null).OrderBy(run => run.Id).Select(run => run.Id).FirstAsync(Now)).ToString();
    }

    private async Task<JsonObject> DescriptionAsync()
    {
        using var anyone = app.Api();
        var described = JsonNode.Parse(await anyone.GetStringAsync(new Uri(app.Address, "/openapi/v1.json"), Now))!.AsObject();
        described.Remove("servers"); // where it runs
        return described;
    }

    private async Task<List<(string Name, JsonObject Operation)>> OperationsAsync() =>
        [.. (await DescriptionAsync())["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(o => ($"{o.Key.ToUpperInvariant()} {path.Key}", o.Value!.AsObject())))];

    /// <summary>Its own id, or that of the first part that has one.</summary>
    private static string? Id(JsonNode node) =>
        node["id"]?.GetValue<string>() ?? node.AsObject().Select(part => part.Value).OfType<JsonObject>().Select(Id).FirstOrDefault(id => id is not null);

    private static JsonObject Example(string body, JsonNode? answer)
    {
        var example = new JsonObject();
        if (body.Length > 0) example["body"] = JsonNode.Parse(body.Replace("\\\"", "\"", StringComparison.Ordinal));
        if (answer is not null) example["answer"] = Short(answer);
        return example;
    }

    /// <summary>Of lists the first two, and nothing that is secret.</summary>
    private static JsonNode? Short(JsonNode? node) => node switch
    {
        JsonObject all => new JsonObject(all.Select(part => KeyValuePair.Create(part.Key, part.Key is "access_token" or "link" or "token" && part.Value is JsonValue ? JsonValue.Create("…") : Short(part.Value)))),
        JsonArray list => new JsonArray([.. list.Take(2).Select(Short)]),
        _ => node?.DeepClone(),
    };

    /// <summary>Which fields there are, whatever is in them; below a list or a value that may be missing nothing is demanded.</summary>
    private static HashSet<string> Shape(JsonNode? node)
    {
        return node is JsonObject all ? [.. all.Select(part => part.Key)] : [];
    }

    [GeneratedRegex(@"^#### (?<operation>[A-Z]+ /\S+)\n.*?^```\n(?<command>curl.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex OneExample();

    [GeneratedRegex("""-d ["'](?<body>\{.*\})["']\s*$""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Body();

    [GeneratedRegex(@"\$(?<word>[A-Z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Word();
}
