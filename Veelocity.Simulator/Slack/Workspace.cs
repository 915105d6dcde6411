using System.Globalization;
using System.Text.Json.Nodes;

namespace Veelocity.Simulator.Slack;

/// <summary>Everything the simulated Slack knows. Change it between requests and the answers change; events tell of it.</summary>
public sealed class Workspace
{
    private readonly Lock _gate = new();
    private readonly List<Action<JsonObject>> _listeners = [];
    private int _lastId;

    public string TeamId { get; set; } = "T0ACME";

    public string Team { get; set; } = "Acme";

    public string BotUserId { get; } = "U0VEELOC";

    public List<SlackMember> Members { get; } = [];

    public List<SlackChannel> Channels { get; } = [];

    /// <summary>The most messages an answer holds, whatever is asked for; 15 for apps that Slack holds short.</summary>
    public int MostMessages { get; set; } = 999;

    /// <summary>Requests to history and replies that are answered before the next is told to wait; null for no limit.</summary>
    public int? HistoryBudget { get; set; }

    /// <summary>Answers an empty page with a cursor before each page of channels, as Slack may.</summary>
    public bool HasEmptyPages { get; set; }

    /// <summary>With this secret events are signed.</summary>
    public string SigningSecret { get; set; } = "slack-signing-secret";

    public SlackMember Person(string name, string email)
    {
        var member = new SlackMember(Id("U"), name, email);
        Members.Add(member);
        return member;
    }

    public SlackChannel Channel(string name, DateTimeOffset createdAt, bool isMember = true, bool isPrivate = false)
    {
        var channel = new SlackChannel(Id("C"), name, createdAt) { IsMember = isMember, IsPrivate = isPrivate };
        Channels.Add(channel);
        return channel;
    }

    public SlackChannel? Find(string? id) => Channels.Find(channel => channel.Id == id);

    /// <summary>Starts over with another content.</summary>
    public void Clear(Action fill)
    {
        lock (_gate)
        {
            Members.Clear();
            Channels.Clear();
            fill();
        }
    }

    /// <summary>Someone says something; a thread's answer with <paramref name="thread"/>.</summary>
    public SlackMessage Say(SlackChannel channel, SlackMember by, DateTimeOffset at, string text, SlackMessage? thread = null) =>
        Add(channel, new SlackMessage(TsOf(channel, at)) { User = by.Id, Text = text, ThreadTs = thread?.Ts });

    /// <summary>A bot posts an alert; what it says is in an attachment, as most bots do.</summary>
    public SlackMessage Alert(SlackChannel channel, string bot, DateTimeOffset at, string title, string text = "", string? link = null, string footer = "") =>
        Add(channel, new SlackMessage(TsOf(channel, at)) { Bot = bot, Attachment = new SlackAttachment(title, text, link, footer) });

    /// <summary>A message is written anew in place.</summary>
    public void Edit(SlackChannel channel, SlackMessage message, DateTimeOffset at, string text)
    {
        lock (_gate)
        {
            if (message.Attachment is { } attachment) message.Attachment = attachment with { Title = text };
            else message.Text = text;
            message.EditedTs = Ts(at);
        }
        Tell(new JsonObject { ["type"] = "message", ["subtype"] = "message_changed", ["channel"] = channel.Id, ["message"] = SlackShapes.Of(channel, message), ["event_ts"] = message.EditedTs });
    }

    public void Delete(SlackChannel channel, SlackMessage message)
    {
        lock (_gate) channel.Messages.Remove(message);
        Tell(new JsonObject
        {
            ["type"] = "message",
            ["subtype"] = "message_deleted",
            ["channel"] = channel.Id,
            ["deleted_ts"] = message.Ts,
            ["previous_message"] = SlackShapes.Of(channel, message),
        });
    }

    public void React(SlackChannel channel, SlackMessage message, SlackMember by, string emoji, DateTimeOffset at, bool isRemoval = false)
    {
        lock (_gate)
        {
            if (isRemoval) message.Reactions.Remove((emoji, by.Id));
            else message.Reactions.Add((emoji, by.Id));
        }
        Tell(new JsonObject
        {
            ["type"] = isRemoval ? "reaction_removed" : "reaction_added",
            ["user"] = by.Id,
            ["reaction"] = emoji,
            ["item"] = new JsonObject { ["type"] = "message", ["channel"] = channel.Id, ["ts"] = message.Ts },
            ["event_ts"] = Ts(at),
        });
    }

    public void Archive(SlackChannel channel, SlackMember by, DateTimeOffset at)
    {
        Add(channel, new SlackMessage(TsOf(channel, at)) { User = by.Id, Subtype = "channel_archive", Text = "archived the channel" });
        (channel.IsArchived, channel.UpdatedAt) = (true, at);
        Tell(new JsonObject { ["type"] = "channel_archive", ["channel"] = channel.Id, ["user"] = by.Id });
    }

    public void Rename(SlackChannel channel, string name)
    {
        channel.Name = name;
        Tell(new JsonObject { ["type"] = "channel_rename", ["channel"] = new JsonObject { ["id"] = channel.Id, ["name"] = name } });
    }

    public void Notice(SlackChannel channel, SlackMember by, DateTimeOffset at, string subtype, string text) =>
        Add(channel, new SlackMessage(TsOf(channel, at)) { User = by.Id, Subtype = subtype, Text = text });

    /// <summary>Tells of something that is not a change of the workspace, such as <c>app_uninstalled</c>.</summary>
    public void Tell(JsonObject told)
    {
        foreach (var listener in _listeners) listener(told);
    }

    internal void Listen(Action<JsonObject> listener) => _listeners.Add(listener);

    internal T Read<T>(Func<T> read)
    {
        lock (_gate) return read();
    }

    internal static string Ts(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()}.{at.Ticks % TimeSpan.TicksPerSecond / 10:D6}");

    private SlackMessage Add(SlackChannel channel, SlackMessage message)
    {
        lock (_gate) channel.Messages.Add(message);
        var told = SlackShapes.Of(channel, message);
        told["channel"] = channel.Id;
        Tell(told);
        return message;
    }

    // Unique in its channel, as Slack sees to.
    private static string TsOf(SlackChannel channel, DateTimeOffset at)
    {
        var ts = Ts(at);
        while (channel.Messages.Exists(message => message.Ts == ts)) ts = Ts(at = at.AddMicroseconds(1));
        return ts;
    }

    private string Id(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{++_lastId:D8}");
}

/// <summary>Someone in the workspace.</summary>
public sealed record SlackMember(string Id, string Name, string Email)
{
    /// <summary>Only people have an address, unless it is known otherwise.</summary>
    public bool IsBot { get; init; } = Email.Length == 0;
}

/// <summary>A channel and its messages.</summary>
public sealed class SlackChannel(string id, string name, DateTimeOffset createdAt)
{
    public string Id { get; } = id;
    public string Name { get; set; } = name;
    public DateTimeOffset CreatedAt { get; } = createdAt;
    public DateTimeOffset UpdatedAt { get; set; } = createdAt;
    public bool IsMember { get; set; }
    public bool IsPrivate { get; init; }
    public bool IsArchived { get; set; }
    public string Topic { get; set; } = "";
    public List<SlackMessage> Messages { get; } = [];
}

/// <summary>A message, by a person or a bot.</summary>
public sealed class SlackMessage(string ts)
{
    public string Ts { get; } = ts;
    public string? User { get; init; }
    public string? Bot { get; init; }
    public string? Subtype { get; init; }
    public string Text { get; set; } = "";
    public string? ThreadTs { get; init; }
    public string? EditedTs { get; set; }
    public SlackAttachment? Attachment { get; set; }
    public List<(string Emoji, string User)> Reactions { get; } = [];

    /// <summary>Slack's own object, for a message of a recording.</summary>
    public JsonObject? Recorded { get; init; }
}

/// <summary>Where alert bots put what they say.</summary>
public sealed record SlackAttachment(string Title, string Text, string? Link, string Footer);
