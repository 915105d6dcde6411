using System.Text.Json.Nodes;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Rest;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Webhooks;

/// <summary>The payload of a push, which has no action and its own way of writing commits and the repository's times.</summary>
internal static class PushPayload
{
    private const int MostCommits = 2_048;
    private static readonly string Nothing = new('0', 40);

    public static void Fill(Exchange at, JsonObject payload, BranchPush push, Happening happening)
    {
        var place = happening.Repository;
        var html = $"{at.WebUrl}/{place.FullName}";
        var (before, after) = (push.Before ?? Nothing, push.After?.Sha ?? Nothing);
        payload["ref"] = "refs/heads/" + push.Branch;
        (payload["before"], payload["after"]) = (before, after);
        (payload["created"], payload["deleted"], payload["forced"]) = (push.Before is null, push.After is null, push.IsForced);
        payload["base_ref"] = null;
        payload["compare"] = $"{html}/compare/{before[..12]}...{after[..12]}";
        payload["commits"] = new JsonArray([.. push.Commits.Take(MostCommits).Select(commit => Commit(html, commit))]);
        payload["head_commit"] = push.After is { } head ? Commit(html, head) : null;
        payload["pusher"] = new JsonObject { ["name"] = happening.Sender?.Login ?? "ghost", ["email"] = happening.Sender?.Email };
        var repository = HookPayloads.Node(Shapes.Repository(at, place));
        repository["created_at"] = place.CreatedAt.ToUnixTimeSeconds();
        repository["pushed_at"] = place.PushedAt?.ToUnixTimeSeconds();
        payload["repository"] = repository;
    }

    private static JsonObject Commit(string html, Commit commit) => new()
    {
        ["id"] = commit.Sha,
        ["tree_id"] = new string([.. commit.Sha.Reverse()]),
        ["distinct"] = true,
        ["message"] = commit.Message,
        ["timestamp"] = Iso.Text(commit.Committer.Date),
        ["url"] = $"{html}/commit/{commit.Sha}",
        ["author"] = Person(commit.Author),
        ["committer"] = Person(commit.Committer),
        ["added"] = new JsonArray(),
        ["removed"] = new JsonArray(),
        ["modified"] = new JsonArray([.. commit.Files.Select(file => JsonValue.Create(file.Path))]),
    };

    private static JsonObject Person(GitPerson person)
    {
        var shape = new JsonObject { ["name"] = person.Name, ["email"] = person.Email };
        if (person.Account is { } account)
            shape["username"] = account.Login;
        return shape;
    }
}
