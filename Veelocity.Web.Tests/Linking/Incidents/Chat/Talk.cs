using System.Globalization;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Linking.Incidents.Chat;

namespace Veelocity.Web.Tests.Linking.Incidents.Chat;

/// <summary>A channel's talk, told by minutes from a Monday, and what the rules find in it.</summary>
internal sealed class Talk(string channel = "incidents")
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly List<ChatMessage> _messages = [];
    private readonly List<ChatReaction> _reactions = [];

    public IncidentRuleSet Rules { get; set; } = new();
    public List<(Guid Id, string Name)> Services { get; } = [];
    public double? Archived { get; set; }
    public IReadOnlyDictionary<string, int> Ignored { get; private set; } = new Dictionary<string, int>();

    public static DateTimeOffset At(double minute) => Monday.AddMinutes(minute);

    public static string Ts(double minute) => At(minute).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + ".000100";

    public Talk Say(double minute, string text, double? answers = null, string by = "U1", string[]? reactions = null, string[]? links = null, bool deleted = false, string? subtype = null)
    {
        _messages.Add(new ChatMessage
        {
            Id = Guid.NewGuid(),
            Ts = Ts(minute),
            Version = "",
            ThreadTs = answers is { } parent ? Ts(parent) : null,
            At = At(minute),
            StateAt = At(minute),
            AuthorId = by,
            Text = text,
            Subtype = subtype,
            Links = links ?? [],
            Reactions = reactions ?? [],
            DeletedAt = deleted ? At(minute + 1) : null,
        });
        return this;
    }

    public Talk Alert(double minute, string bot, string text, string? link = null, double? edited = null)
    {
        _messages.Add(new ChatMessage
        {
            Id = Guid.NewGuid(),
            Ts = Ts(minute),
            Version = edited is { } e ? Ts(e) : "",
            At = At(minute),
            StateAt = At(edited ?? minute),
            AppId = "A1",
            BotName = bot,
            Text = text,
            Links = link is null ? [] : [link],
        });
        return this;
    }

    public Talk React(double minute, double at, string emoji, string by = "U2", bool removed = false)
    {
        _reactions.Add(new ChatReaction { Id = Guid.NewGuid(), Ts = Ts(minute), Name = emoji, UserExternalId = by, At = At(at), IsRemoval = removed });
        return this;
    }

    public IReadOnlyList<FoundIncident> Find()
    {
        var row = new ChatChannel
        {
            Id = Guid.Empty,
            ExternalId = "C1",
            Name = channel,
            Url = "https://acme.slack.example/archives/C1",
            CreatedAt = At(-1),
            IsArchived = Archived is not null,
            ArchivedAt = Archived is { } minute ? At(minute) : null,
        };
        var finding = IncidentFinder.Find(
            new ChatStory(row, _messages, _reactions, new Dictionary<string, string> { ["U1"] = "Ada", ["U2"] = "Bo" },
                new KnownNames([.. Services.Select(s => (s.Id, s.Name, $"acme/{s.Name}"))], ["acme/web", "acme/legacy"], [])), new CompiledRules(Rules));
        Ignored = finding.Ignored;
        return finding.Incidents;
    }

    /// <summary>Each as <c>start-end title</c> in minutes; an open one ends with a question mark.</summary>
    public string Found() => string.Join(" | ", Find().Select(i =>
        $"{(i.Report.StartedAt - Monday).TotalMinutes:0}-{(i.Report.ResolvedAt is { } end ? (end - Monday).TotalMinutes.ToString("0", CultureInfo.InvariantCulture) : "?")} {i.Report.Title}"));

    /// <summary>The same talk in another order, some of it told twice.</summary>
    public Talk Shuffled(Random dice)
    {
        var other = new Talk(channel) { Rules = Rules, Archived = Archived };
        var (messages, reactions) = ((ChatMessage[])[.. _messages, .. _messages.Take(3)], (ChatReaction[])[.. _reactions, .. _reactions.Take(2)]);
        dice.Shuffle(messages);
        dice.Shuffle(reactions);
        // A row of the same id is the same row in the table.
        other._messages.AddRange(messages.DistinctBy(m => (m.Ts, m.Version)));
        other._reactions.AddRange(reactions);
        other.Services.AddRange(Services);
        return other;
    }
}
