using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>A message in all its states, with what was answered and reacted to it.</summary>
internal sealed class Conversation
{
    private readonly List<ChatReaction> _reactions;

    public Conversation(IReadOnlyList<ChatMessage> states, IReadOnlyList<Conversation> answers, IEnumerable<ChatReaction> reactions)
    {
        States = states;
        Answers = answers;
        _reactions = [.. reactions];
    }

    /// <summary>Oldest first; never empty.</summary>
    public IReadOnlyList<ChatMessage> States { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Conversation> Answers { get; }

    public ChatMessage First => States[0];
    public ChatMessage Latest => States[^1];
    public bool IsPerson => First.IsByPerson;
    public IEnumerable<Conversation> All => [this, .. Answers];

    /// <summary>Whether one of these is on it now, and since when; a time that nothing tells is null.</summary>
    public (bool IsOn, DateTimeOffset? At, string? By) Reacted(IReadOnlySet<string> names)
    {
        var told = _reactions.Where(r => names.Contains(r.Name)).GroupBy(r => (r.Name, r.UserExternalId))
            .Select(g => g.OrderBy(r => r.At).ThenBy(r => r.IsRemoval).Last()).ToList();
        var on = told.Where(r => !r.IsRemoval).OrderBy(r => r.At).FirstOrDefault();
        if (on is not null) return (true, on.At, on.UserExternalId);
        foreach (var shown in Latest.Reactions)
        {
            var colon = shown.LastIndexOf(':');
            if (colon < 0 || !names.Contains(shown[..colon])) continue;
            // What an event took off since is not on any more, whatever was last read.
            var users = shown[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries);
            if (Array.Find(users, user => !told.Exists(r => r.IsRemoval && r.Name == shown[..colon] && r.UserExternalId == user)) is { } user) return (true, null, user);
        }
        return (false, null, null);
    }

    /// <summary>The conversations of a channel, oldest first; deleted messages and answers to them are left out.</summary>
    public static IReadOnlyList<Conversation> In(ChatStory story)
    {
        var reactions = story.Reactions.ToLookup(r => r.Ts, StringComparer.Ordinal);
        var single = story.Messages.GroupBy(m => m.Ts, StringComparer.Ordinal)
            .Select(g => g.OrderBy(m => m.StateAt).ThenBy(m => m.Version, StringComparer.Ordinal).ToList())
            .Where(states => states[^1].DeletedAt is null)
            .OrderBy(states => states[0].Ts, StringComparer.Ordinal).ToList();
        var answers = single.Where(s => s[0].ThreadTs is not null).ToLookup(s => s[0].ThreadTs!, s => new Conversation(s, [], reactions[s[0].Ts]), StringComparer.Ordinal);
        return [.. single.Where(s => s[0].ThreadTs is null).Select(s => new Conversation(s, [.. answers[s[0].Ts]], reactions[s[0].Ts]))];
    }
}
