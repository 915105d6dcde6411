using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>Incidents that people speak of: begun by a word or a reaction, ended by a word in the thread, a reaction, or a word in the channel.</summary>
internal sealed class PeopleTalk(ChatStory story, CompiledRules rules, Evidence evidence)
{
    /// <summary>Whether this starts an incident, and by what.</summary>
    public string? StartedBy(Conversation talk)
    {
        if (talk.First.Subtype is not null and not ("file_share" or "me_message" or "thread_broadcast" or "bot_message")) return null;
        // "The outage is resolved" is the end of one.
        if (talk.IsPerson && rules.Start.AreIn(talk.First.Text)
            && !rules.Resolve.AreIn(talk.First.Text)) return "Start keyword";
        return talk.Reacted(rules.StartReactions).IsOn ? "Start reaction" : null;
    }

    public FoundIncident Follow(Conversation talk, string rule, IReadOnlyList<Conversation> all)
    {
        var course = new Course(talk.First.At);
        course.Events.Add(evidence.Event(IncidentEventKind.Started, talk.First, talk.First.At));
        foreach (var step in Steps(talk, isDedicated: false, isFirst: true)) step(course);
        if (course.ResolvedAt is null && EndIn(talk, all) is { } end) course.Resolve(evidence.Event(IncidentEventKind.Resolved, end.First, end.First.At));
        return Found($"{story.Channel.ExternalId}:{talk.First.Ts}", rule, talk.First.Text, course, [.. talk.All]);
    }

    /// <summary>A channel that was opened for one incident.</summary>
    public FoundIncident? FollowChannel(IReadOnlyList<Conversation> all)
    {
        var channel = story.Channel;
        var talks = all.SelectMany(c => c.All).Where(c => c.First.Subtype is null or "file_share" or "me_message" or "bot_message" or "thread_broadcast")
            .OrderBy(c => c.First.Ts, StringComparer.Ordinal).ToList();
        if (!talks.Exists(talk => talk.IsPerson || WordsOf(talk).Length > 0)) return null; // opened by mistake
        var startedAt = channel.CreatedAt < talks[0].First.At ? channel.CreatedAt : talks[0].First.At;
        var course = new Course(startedAt);
        course.Events.Add(new FoundEvent(IncidentEventKind.Started, startedAt, null, $"#{channel.Name} was opened", channel.Url, ""));
        foreach (var step in talks.SelectMany((talk, place) => Steps(talk, isDedicated: true, isFirst: place == 0))
            .ToList()) step(course);
        var archived = all.SelectMany(c => c.States).Where(m => m.Subtype is "channel_archive" or "group_archive").Select(m => (DateTimeOffset?)m.At).Max() ?? channel.ArchivedAt;
        if (course.ResolvedAt is null && !course.HasUnknownEnd && channel.IsArchived && archived is { } at)
            course.Resolve(new FoundEvent(IncidentEventKind.Resolved, at, null, $"#{channel.Name} was archived", channel.Url, "archive"));
        return Found(channel.ExternalId, "Channel of its own", channel.Topic ?? TitleOf(channel.Name, talks), course, talks);
    }

    private FoundIncident Found(string key, string rule, string title, Course course, List<Conversation> said) => new(
        key, rule, story.Channel.Name, evidence.Report(said, Evidence.OneLine(title), course),
        evidence.With(course.Events, said));

    private IEnumerable<Action<Course>> Steps(Conversation talk, bool isDedicated, bool isFirst)
    {
        var steps = new List<(DateTimeOffset At, Action<Course> Do)>();
        // In a channel of its own every message is an answer; the first word of a thread is what it is about.
        foreach (var answer in isDedicated ? [talk] : talk.Answers)
        {
            var text = WordsOf(answer);
            if (rules.Resolve.AreIn(text) || rules.IsCheckMark(text)) Add(IncidentEventKind.Resolved, answer, answer.First.At, null, (c, e) => c.Resolve(e));
            else if (answer.IsPerson && rules.Acknowledge.AreIn(text)) Add(IncidentEventKind.Acknowledged, answer, answer.First.At, null, (c, e) => c.Acknowledge(e));
            else if (answer.IsPerson && rules.Start.AreIn(text)) Add(IncidentEventKind.Reopened, answer, answer.First.At, null, (c, e) => c.Reopen(e));
        }
        if (talk.Reacted(rules.AcknowledgeReactions) is { IsOn: true, At: { } taken } eyes) Add(IncidentEventKind.Acknowledged, talk, taken, eyes.By, (c, e) => c.Acknowledge(e));
        if (talk.Reacted(rules.ResolveReactions) is { IsOn: true } check)
        {
            if (check.At is { } known) Add(IncidentEventKind.Resolved, talk, known, check.By, (c, e) => c.Resolve(e));
            else if (LastWordOf(talk, isDedicated, isFirst) is { } last) Add(IncidentEventKind.Resolved, talk,
                last.First.At, check.By, (c, e) => c.Resolve(e));
            else if (!isDedicated || isFirst) steps.Add((DateTimeOffset.MaxValue, course => course.EndAtUnknownTime()));
        }
        return steps.OrderBy(step => step.At).Select(step => step.Do);

        void Add(IncidentEventKind kind, Conversation about, DateTimeOffset at, string? by, Action<Course, FoundEvent> act) =>
            steps.Add((at, course => act(course, evidence.Event(kind, about.Latest, at, by) with { Ts = by is null ? $"{about.Latest.Ts} {about.Latest.Version}" : $"{about.First.Ts} {kind} {by}" })));
    }

    // History doesn't say when somebody reacted. The last word in the thread tells it, unless it speaks of an incident
    // that goes on.
    private Conversation? LastWordOf(Conversation talk, bool isDedicated, bool isFirst)
    {
        var last = isDedicated ? (isFirst ? null : talk) : talk.Answers.Count > 0 ? talk.Answers[^1] : null;
        return last is not null && WordsOf(last) is var words && words.Length > 0 && !words.Contains('?')
            && !rules.Acknowledge.AreMentionedIn(words) && !rules.Start.AreMentionedIn(words)
                && !rules.Resolve.AreMentionedIn(words) ? last : null;
    }

    private static string WordsOf(Conversation talk) =>
        talk.IsPerson ? talk.Latest.Text : BotHints.Without(talk.Latest.Text);

    // "All clear" beside the threads means the one incident that is open then; of several it is not known which.
    private Conversation? EndIn(Conversation talk, IReadOnlyList<Conversation> all)
    {
        var next = all.FirstOrDefault(c => string.CompareOrdinal(c.First.Ts, talk.First.Ts) > 0 && StartedBy(c) is not null);
        return all.FirstOrDefault(c =>
            string.CompareOrdinal(c.First.Ts, talk.First.Ts) > 0 && (next is null || string.CompareOrdinal(c.First.Ts, next.First.Ts) < 0)
            && c.IsPerson && c.First.Subtype is null && rules.Resolve.AreIn(c.Latest.Text));
    }

    private static string TitleOf(string channel, List<Conversation> talks) =>
        talks.FirstOrDefault(t => t.IsPerson) is { } first && first.First.Text.Length > 0 ? first.First.Text : $"#{channel}";
}
