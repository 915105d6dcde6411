namespace Veelocity.Web.Tests.Simulator;

/// <summary>A folder of what the three providers return, with rows that lack much of what they always send.</summary>
internal sealed class WholeRecording : IDisposable
{
    public WholeRecording()
    {
        Folder = Directory.CreateTempSubdirectory("veelocity-whole-").FullName;
        Write("meta.json", """{"viewer":"ada"}""");
        Write("github/users.ndjson", """{"login":"ada","id":1,"type":"User"}""");
        Write("github/repos.ndjson", """{"id":900,"full_name":"newco/shop","name":"shop","owner":{"login":"newco"},"default_branch":"main","pushed_at":"2026-02-01T00:00:00Z","_former_names":["octo/shop"]}""");
        Write(
            "github/commits.ndjson",
            Commit("a", """Half \ud83d of a rocket, a whole \ud83d\ude80 and a path C:\\udabc"""),
            Commit("b", "Built on something unknown", "c"));
        Write("github/branches.ndjson", Ref("main", "a"), Ref("gone", "f"));
        Write("github/tags.ndjson", Ref("v1", "a", ""","_date":"2026-01-09T00:00:00Z" """));
        Write("github/pulls.ndjson", Pull(1, "Think"), Pull(2, "Act"));
        Write("github/reviews.ndjson", """{"_repo":"octo/shop","_number":1,"id":21,"user":null,"state":"APPROVED","submitted_at":"2026-01-05T09:00:00Z"}""");
        Write("github/deployments.ndjson", $$$"""{"_repo":"newco/shop","id":71,"sha":"{{{TinyRecording.Sha("a")}}}","environment":"production","created_at":"2026-01-06T00:00:00Z"}""");
        Write(
            "github/deployment_statuses.ndjson",
            """{"_repo":"newco/shop","_deployment_id":71,"id":81,"state":"success","created_at":"2026-01-06T00:05:00Z","log_url":"https://github.com/newco/shop/actions/runs/5"}""",
            """{"_repo":"newco/shop","_deployment_id":99,"id":82,"state":"success","created_at":"2026-01-06T00:05:00Z"}""");
        Write("linear/organization.json", """{"name":"Octo"}""");
        Write("linear/users.ndjson", """{"id":"u1","name":"Lin","email":"lin@example.test"}""", """{"id":"u2","name":"Ada","email":"ada@example.test","_viewer":true}""");
        Write("linear/teams.ndjson", """{"id":"t1","key":"ENG","name":"Engineering","memberIds":["u1"]}""");
        Write("linear/workflowStates.ndjson", """{"id":"s1","name":"Doing","type":"started","teamId":"t1"}""", """{"id":"s2","name":"Shipped","type":"completed","teamId":"t1"}""");
        Write(
            "linear/issues.ndjson",
            """{"id":"i1","number":1,"title":"Pay","teamId":"t1","stateId":"s2","assigneeId":"u1","previousIdentifiers":["OPS-7"],"createdAt":"2026-01-02T00:00:00.000Z","completedAt":"2026-01-04T00:00:00.000Z","parentId":"i2"}""",
            """{"id":"i2","number":2,"title":"Shop","teamId":"t1","stateId":"s2","createdAt":"2026-01-01T00:00:00.000Z"}""");
        Write("linear/issueHistory.ndjson", """{"id":"h1","issueId":"i2","fromStateId":"s1","toStateId":"s2","createdAt":"2026-01-03T00:00:00.000Z"}""");
        Write("linear/attachments.ndjson", """{"id":"x1","issueId":"i1","url":"https://github.com/octo/shop/pull/1","sourceType":"github"}""");
        Write("slack/team.json", """{"id":"T9","name":"Octo"}""");
        Write("slack/users.ndjson", """{"id":"U1","name":"ann","real_name":"Ann"}""");
        Write("slack/channels.ndjson", """{"id":"C1","name":"incidents","created":1767225600}""");
        Write(
            "slack/messages.ndjson",
            """{"channel":"C1","ts":"1767300000.000100","user":"U1","text":"Shop is down","reactions":[{"name":"eyes","users":["U1"],"count":1}]}""",
            """{"channel":"C1","ts":"1767300060.000100","thread_ts":"1767300000.000100","user":"U1","text":"resolved"}""");
    }

    public string Folder { get; }

    public static string Pull(int number, string title) =>
        $$$"""{"_repo":"newco/shop","id":{{{number + 10}}},"number":{{{number}}},"title":"{{{title}}}","user":{"login":"ada"},"created_at":"2026-01-03T11:00:00Z","updated_at":"2026-01-05T10:00:00Z","base":{"ref":"main"}}""";

    public void Write(string file, params string[] rows)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, rows);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Commit(string letter, string message, string? parent = null)
    {
        var who = """{"name":"Ada","email":"ada@example.com","date":"2026-01-01T10:00:00Z"}""";
        var parents = parent is null ? "" : $$"""{"sha":"{{TinyRecording.Sha(parent)}}"}""";
        return $$$"""{"_repo":"newco/shop","sha":"{{{TinyRecording.Sha(letter)}}}","commit":{"author":{{{who}}},"committer":{{{who}}},"message":"{{{message}}}"},"parents":[{{{parents}}}]}""";
    }

    private static string Ref(string name, string letter, string more = "") =>
        $$$"""{"_repo":"newco/shop","name":"{{{name}}}","commit":{"sha":"{{{TinyRecording.Sha(letter)}}}"}{{{more}}}}""";
}
