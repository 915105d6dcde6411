using System.Text.Json.Nodes;
using Veelocity.Simulator.Slack;

namespace Veelocity.Simulator.Recordings;

/// <summary>Slack's part of a recording: messages are answered as they were recorded.</summary>
internal sealed class RecordedSlack(string folder, Workspace slack)
{
    public void Load() => slack.Clear(() =>
    {
        if (Row.One(folder, "team") is { } team)
            (slack.TeamId, slack.Team) = (team.Text("id") ?? slack.TeamId, team.Text("name") ?? slack.Team);
        foreach (var row in Row.Read(folder, "users"))
        {
            var email = row.Text("email") ?? row.Child("profile")?.Text("email") ?? "";
            slack.Members.Add(new SlackMember(row.Text("id")!, row.Text("real_name") ?? row.Text("name") ?? "", email) { IsBot = row.Is("is_bot") });
        }

        foreach (var row in Row.Read(folder, "channels"))
        {
            var created = DateTimeOffset.FromUnixTimeSeconds(row.Number("created") ?? 0);
            slack.Channels.Add(new SlackChannel(row.Text("id")!, row.Text("name") ?? "", created)
            {
                IsMember = true,
                IsPrivate = row.Is("is_private"),
                IsArchived = row.Is("is_archived"),
                Topic = row.Text("topic") ?? row.Child("topic")?.Text("value") ?? "",
            });
        }

        foreach (var row in Row.Read(folder, "messages"))
            slack.Find(row.Text("channel"))?.Messages.Add(Message(row));
    });

    private static SlackMessage Message(Row row)
    {
        var json = JsonNode.Parse(row.Json.GetRawText())!.AsObject();
        json.Remove("channel");
        json.TryAdd("type", "message");
        var ts = row.Text("ts")!;
        return new SlackMessage(ts) { Recorded = json, ThreadTs = row.Text("thread_ts") is { } thread && thread != ts ? thread : null };
    }
}
