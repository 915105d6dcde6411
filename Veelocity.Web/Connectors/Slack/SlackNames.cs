namespace Veelocity.Web.Connectors.Slack;

/// <summary>Makes facts of Slack's rows.</summary>
internal static class SlackNames
{
    public static ChannelFact FactOf(ChannelRow row, string? workspace, string? problem) => new(
        Required.Of(row.Id, "id"),
        Required.Of(row.Name, "name"),
        workspace is null ? null : $"{workspace.TrimEnd('/')}/archives/{row.Id}",
        Said(row.Topic) ?? Said(row.Purpose),
        row.IsPrivate,
        row.IsArchived,
        row.IsMember,
        DateTimeOffset.FromUnixTimeSeconds(row.Created),
        row is { IsArchived: true, Updated: { } updated } ? DateTimeOffset.FromUnixTimeMilliseconds(updated) : null,
        problem ?? (row.IsMember || row.IsArchived ? null : SlackRefusals.Invite));

    public static MessageFact FactOf(string channelId, MessageRow row)
    {
        var ts = Required.Of(row.Ts, "ts");
        var (text, links) = SlackText.Of(row);
        var bot = row.BotProfile?.Name ?? row.Username ?? row.BotId;
        var isBot = row.BotId is not null || row.Subtype == "bot_message" || (row.User is null && row.Username is not null);
        return new MessageFact(
            channelId, ts, row.Edited?.Ts ?? "", row.ThreadTs == ts ? null : row.ThreadTs, SlackTs.ToTime(ts), SlackTs.ToTime(row.Edited?.Ts ?? ts),
            row.User, isBot ? row.AppId ?? row.BotProfile?.AppId : null, isBot ? bot : null, row.Subtype, text, links,
            [.. (row.Reactions ?? []).Where(r => r.Name is not null)
                .Select(r => $"{WithoutSkin(r.Name!)}:{string.Join(',', (r.Users ?? []).Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal)]);
    }

    public static AccountFact FactOf(MemberRow row)
    {
        var id = Required.Of(row.Id, "id");
        var name = Given(row.Profile?.RealName) ?? Given(row.RealName) ?? Given(row.Profile?.DisplayName);
        var isBot = row.IsBot || row.IsAppUser || id == "USLACKBOT";
        return new AccountFact(new Actor(id, row.Name ?? id, name, Given(row.Profile?.Email), isBot ? ActorKind.Bot : ActorKind.Human));
    }

    /// <summary><c>+1::skin-tone-3</c> means the same as <c>+1</c>.</summary>
    public static string WithoutSkin(string name) => name.Split("::")[0];

    private static string? Said(ChannelRow.TextRow? row) => Given(row?.Value);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
