using System.Text.Json.Nodes;

namespace Veelocity.Simulator.Slack;

/// <summary>Slack's JSON.</summary>
internal static class SlackShapes
{
    public static JsonObject Of(SlackChannel channel) => new()
    {
        ["id"] = channel.Id,
        ["name"] = channel.Name,
        ["is_channel"] = !channel.IsPrivate,
        ["is_private"] = channel.IsPrivate,
        ["is_archived"] = channel.IsArchived,
        ["is_member"] = channel.IsMember,
        ["created"] = channel.CreatedAt.ToUnixTimeSeconds(),
        ["updated"] = channel.UpdatedAt.ToUnixTimeMilliseconds(),
        ["topic"] = new JsonObject { ["value"] = channel.Topic },
        ["purpose"] = new JsonObject { ["value"] = "" },
    };

    public static JsonObject Of(SlackMember member) => new()
    {
        ["id"] = member.Id,
        ["team_id"] = "T0ACME",
        ["name"] = member.Name.ToLowerInvariant().Replace(' ', '.'),
        ["real_name"] = member.Name,
        ["deleted"] = false,
        ["is_bot"] = member.IsBot,
        ["profile"] = new JsonObject { ["display_name"] = "", ["real_name"] = member.Name, ["email"] = member.Email.Length == 0 ? null : member.Email },
    };

    public static JsonObject Of(SlackChannel channel, SlackMessage message)
    {
        var json = message.Recorded?.DeepClone().AsObject() ?? Written(message);
        var answers = channel.Messages.Where(m => m.ThreadTs == message.Ts).OrderBy(m => m.Ts, StringComparer.Ordinal).ToList();
        if (message.ThreadTs is not null || answers.Count > 0) json["thread_ts"] = message.ThreadTs ?? message.Ts;
        if (answers.Count > 0) (json["reply_count"], json["latest_reply"]) = (answers.Count, answers[^1].Ts);
        return json;
    }

    private static JsonObject Written(SlackMessage message)
    {
        var json = new JsonObject { ["type"] = "message", ["ts"] = message.Ts, ["text"] = message.Text, ["team"] = "T0ACME" };
        if (message.User is { } user) json["user"] = user;
        if (message.Subtype is { } subtype) json["subtype"] = subtype;
        if (message.Bot is { } bot)
        {
            (json["bot_id"], json["app_id"]) = ($"B{bot.ToUpperInvariant()}", $"A{bot.ToUpperInvariant()}");
            json["bot_profile"] = new JsonObject { ["name"] = bot, ["app_id"] = $"A{bot.ToUpperInvariant()}" };
        }
        if (message.Attachment is { } attachment)
            json["attachments"] = new JsonArray(new JsonObject
            {
                ["fallback"] = attachment.Title,
                ["title"] = attachment.Title,
                ["text"] = attachment.Text,
                ["title_link"] = attachment.Link,
                ["footer"] = attachment.Footer,
                ["color"] = attachment.Title.Contains("RESOLVED", StringComparison.Ordinal) ? "good" : "danger",
            });
        if (message.EditedTs is { } edited) json["edited"] = new JsonObject { ["user"] = message.User, ["ts"] = edited };
        if (message.Reactions.Count > 0)
            json["reactions"] = new JsonArray([.. message.Reactions.GroupBy(r => r.Emoji).Select(g => new JsonObject
            {
                ["name"] = g.Key,
                ["count"] = g.Count(),
                ["users"] = new JsonArray([.. g.Select(r => (JsonNode)r.User)]),
            })]);
        return json;
    }
}
