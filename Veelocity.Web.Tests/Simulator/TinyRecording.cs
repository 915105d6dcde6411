namespace Veelocity.Web.Tests.Simulator;

/// <summary>A recording of four commits, two pull requests and one release train, written to a folder of its own.</summary>
internal sealed class TinyRecording : IDisposable
{
    public TinyRecording()
    {
        Folder = Directory.CreateTempSubdirectory("veelocity-recording-").FullName;
        Write("repos", """{"id":900,"full_name":"octo/tiny","name":"tiny","owner":{"login":"octo"},"private":false,"default_branch":"trunk","language":"Go","created_at":"2024-01-01T00:00:00Z","pushed_at":"2024-02-01T00:00:00Z"}""");
        Write("orgs", """{"login":"octo","id":800,"type":"Organization"}""");
        Write("users", """{"login":"ada","id":1,"type":"User","name":"Ada"}""", """{"login":"helper[bot]","id":2,"type":"Bot"}""");
        Write(
            "commits",
            Commit("d", "Merge pull request #1", "2024-01-05T10:00:00Z", "a", "c"),
            Commit("c", "Second thoughts", "2024-01-04T10:00:00Z", "b"),
            Commit("b", "First thoughts", "2024-01-03T10:00:00Z", "a"),
            Commit("a", "Begin", "2024-01-01T10:00:00Z"));
        Write("branches", $$$"""{"_repo":"octo/tiny","name":"trunk","commit":{"sha":"{{{Sha("d")}}}"}}""");
        Write("tags", $$$"""{"_repo":"octo/tiny","name":"v1","commit":{"sha":"{{{Sha("d")}}}"},"_date":"2024-01-06T00:00:00Z"}""");
        Write(
            "pulls",
            $$$"""{"_repo":"octo/tiny","id":11,"number":1,"state":"closed","title":"Think","user":{"login":"ada"},"created_at":"2024-01-03T11:00:00Z","updated_at":"2024-01-05T10:00:00Z","merged_at":"2024-01-05T10:00:00Z","merge_commit_sha":"{{{Sha("d")}}}","merged_by":{"login":"stranger"},"labels":[{"id":3,"name":"bug","color":"d73a4a"}],"head":{"owner":"ada","ref":"think","sha":"{{{Sha("c")}}}"},"base":{"ref":"trunk"},"additions":7}""",
            """{"_repo":"octo/tiny","id":12,"number":2,"state":"open","title":"Later","user":null,"draft":true,"created_at":"2024-01-20T11:00:00Z","head":{"owner":"octo","ref":"later"},"base":{"ref":"trunk"}}""");
        Write("pull_commits", $$$"""{"_repo":"octo/tiny","number":1,"sha":["{{{Sha("b")}}}","{{{Sha("c")}}}"]}""");
        Write("reviews", """{"_repo":"octo/tiny","_number":1,"id":21,"user":{"login":"helper[bot]"},"state":"APPROVED","submitted_at":"2024-01-05T09:00:00Z"}""");
        Write("timeline", """{"_repo":"octo/tiny","_number":1,"id":31,"event":"ready_for_review","actor":{"login":"ada"},"created_at":"2024-01-04T12:00:00Z"}""");
        Write("workflows", """{"_repo":"octo/tiny","id":41,"name":"CI","path":".github/workflows/ci.yml","state":"active"}""");
        Write("runs", $$$"""{"_repo":"octo/tiny","id":51,"workflow_id":41,"head_branch":"trunk","head_sha":"{{{Sha("d")}}}","run_number":1,"event":"push","status":"completed","conclusion":"success","run_attempt":2,"created_at":"2024-01-05T10:01:00Z","run_started_at":"2024-01-05T11:00:00Z","updated_at":"2024-01-05T11:05:00Z"}""");
        Write("run_attempts", """{"_repo":"octo/tiny","id":51,"run_attempt":1,"conclusion":"failure","run_started_at":"2024-01-05T10:01:00Z","updated_at":"2024-01-05T10:06:00Z"}""");
        Write("jobs", """{"_repo":"octo/tiny","id":61,"run_id":51,"run_attempt":2,"name":"test","status":"completed","conclusion":"success","started_at":"2024-01-05T11:00:10Z","completed_at":"2024-01-05T11:05:00Z"}""");
        Write("deployments", $$$"""{"_repo":"octo/tiny","id":71,"sha":"{{{Sha("d")}}}","ref":"v1","environment":"production","created_at":"2024-01-06T00:00:00Z","payload":"text","production_environment":true}""");
        Write("deployment_statuses", """{"_repo":"octo/tiny","_deployment_id":71,"id":81,"state":"success","created_at":"2024-01-06T00:05:00Z"}""");
        Write("releases", """{"_repo":"octo/tiny","id":91,"tag_name":"v1","created_at":"2024-01-06T00:00:00Z","published_at":"2024-01-06T00:00:00Z"}""");
    }

    public string Folder { get; }

    public static string Sha(string letter) => string.Concat(Enumerable.Repeat(letter, 40));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Commit(string letter, string message, string at, params string[] parents) =>
        $$$"""{"_repo":"octo/tiny","sha":"{{{Sha(letter)}}}","commit":{"author":{"name":"Ada","email":"ada@example.com","date":"{{{at}}}"},"committer":{"name":"Ada","email":"ada@example.com","date":"{{{at}}}"},"message":"{{{message}}}"},"author":{"login":"ada"},"parents":[{{{string.Join(',', parents.Select(parent => $$"""{"sha":"{{Sha(parent)}}"}"""))}}}]}""";

    private void Write(string kind, params string[] rows) => File.WriteAllLines(Path.Combine(Folder, kind + ".ndjson"), rows);
}
