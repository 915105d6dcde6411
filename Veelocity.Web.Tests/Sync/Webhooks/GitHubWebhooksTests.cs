using System.Text;
using Veelocity.Web.Connectors;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Tests.Sync.Webhooks;

public sealed class GitHubWebhooksTests
{
    private const string Secret = "It's a Secret to Everybody";
    private const string Signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    private readonly GitHubWebhooks github = new();

    [Fact]
    public void GitHubs_own_example_is_proven() => Assert.True(IsProven(Signature, "Hello, World!", Secret));

    [Theory]
    [InlineData(Signature, "Hello, World?", Secret)]
    [InlineData(Signature, "Hello, World!", "another secret")]
    [InlineData("sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", "Hello, World!", Secret)]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", "Hello, World!", Secret)]
    [InlineData("sha256=757107ea", "Hello, World!", Secret)]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1700", "Hello, World!", Secret)]
    [InlineData("sha256=not hexadecimal at all, and yet of just the right length, isn't it?", "Hello, World!", Secret)]
    [InlineData("", "Hello, World!", Secret)]
    public void Everything_else_is_not(string signature, string body, string secret) => Assert.False(IsProven(signature, body, secret));

    [Theory]
    [InlineData("pull_request", """{"action":"closed","pull_request":{"number":7,"merged":true}}""", "pull 7, commits")]
    [InlineData("pull_request", """{"action":"synchronize","pull_request":{"number":7,"merged":false}}""", "pull 7")]
    [InlineData("pull_request_review", """{"action":"submitted","review":{"state":"approved"},"pull_request":{"number":8}}""", "pull 8")]
    [InlineData("workflow_run", """{"action":"completed","workflow_run":{"id":30433642000}}""", "run 30433642000")]
    [InlineData("deployment", """{"action":"created","deployment":{"id":5,"node_id":"DE_x"}}""", "deployment DE_x, commits")]
    [InlineData("deployment_status", """{"deployment_status":{"state":"success"},"deployment":{"id":5,"node_id":"DE_x"}}""", "deployment DE_x, commits")]
    [InlineData("push", """{"ref":"refs/heads/main"}""", "commits")]
    [InlineData("push", """{"ref":"refs/heads/topic"}""", "")]
    [InlineData("push", """{"ref":"refs/tags/main"}""", "releases")]
    [InlineData("release", """{"action":"published","release":{"id":9}}""", "releases")]
    [InlineData("star", """{"action":"created"}""", "")]
    [InlineData("pull_request", """{"action":"closed","pull_request":{"number":"seven"}}""", "")]
    [InlineData("workflow_run", """{"workflow_run":null}""", "")]
    public void An_event_names_what_to_read_again(string name, string body, string targets)
    {
        var json = body[..^1] + ""","repository":{"id":42,"full_name":"acme/web","default_branch":"main"}}""";
        var note = github.Read(Headers(name), Encoding.UTF8.GetBytes(json))!;
        Assert.Equal(("guid", name, "42", "acme/web"), (note.DeliveryId, note.Event, note.RepositoryExternalId, note.RepositoryName));
        Assert.Equal(targets, string.Join(", ", note.Targets.Select(Veelocity.Web.Sync.Webhooks.TargetText.Write)));
        Assert.Equal(note.Targets, note.Targets.Select(target => Veelocity.Web.Sync.Webhooks.TargetText.Read(Veelocity.Web.Sync.Webhooks.TargetText.Write(target))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"action": """)]
    public void What_is_no_object_is_not_read(string body) => Assert.Null(github.Read(Headers("push"), Encoding.UTF8.GetBytes(body)));

    private bool IsProven(string signature, string body, string secret) =>
        github.IsProven(name => name == "X-Hub-Signature-256" ? signature : null, Encoding.UTF8.GetBytes(body), secret);

    private static WebhookHeaders Headers(string name) => header => header switch
    {
        "X-GitHub-Event" => name,
        "X-GitHub-Delivery" => "guid",
        "Content-Type" => "application/json",
        _ => null,
    };
}
