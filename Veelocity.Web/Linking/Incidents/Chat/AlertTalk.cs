using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>Incidents that alert bots report: what fires and what ends is paired by key, over new messages and edited ones alike; flapping is one incident.</summary>
internal sealed class AlertTalk(ChatStory story, CompiledRules rules, Evidence evidence)
{
    private sealed record Signal(CompiledAlertRule Rule, string Key, string Member, AlertState State,
        ChatMessage Message, Conversation Talk);

    public CompiledAlertRule? RuleOf(Conversation talk) =>
        talk.IsPerson ? null
            : rules.Alerts.FirstOrDefault(rule => rule.IsAbout(talk.Latest)
            && talk.States.Any(state => rule.StateOf(BotHints.Without(state.Text)) is not null));

    public IEnumerable<FoundIncident> Follow(IEnumerable<(Conversation Talk, CompiledAlertRule Rule)> alerts, Action<string> ignore)
    {
        var signals = alerts
            .SelectMany(a => a.Talk.States
            .Select(state => (a, state, Read: a.Rule.StateOf(BotHints.Without(state.Text)))))
            .Where(s => s.Read is not null)
            .Select(s => new Signal(s.a.Rule, s.a.Rule.KeyOf(s.state), s.a.Rule.MemberOf(s.state), s.Read!.Value,
                s.state, s.a.Talk));
        foreach (var alert in signals.GroupBy(s => (s.Rule.Name, s.Key)))
            foreach (var found in FollowOne([.. alert.OrderBy(s => s.Message.StateAt).ThenBy(s => s.Message.Ts, StringComparer.Ordinal)], ignore)) yield return found;
    }

    private List<FoundIncident> FollowOne(List<Signal> signals, Action<string> ignore)
    {
        var found = new List<FoundIncident>();
        var (course, first, said) = ((Course?)null, (Signal?)null, new List<Conversation>());
        var firing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var signal in signals)
        {
            switch (signal.State)
            {
                case AlertState.Open when course is not null && course.MayReopenAt(signal.Message.StateAt):
                    course.Reopen(evidence.Event(IncidentEventKind.Reopened, signal.Message));
                    break;
                // A message that was seen only after it was edited still tells by its own time when the alert began.
                case AlertState.Open:
                case AlertState.Acknowledged when course is null:
                case AlertState.Resolved when course is null && signal.Message.Version.Length > 0:
                    if (course is not null) found.Add(Found(first!, course, said));
                    firing.Clear();
                    (course, first, said) = (new Course(signal.Message.Version.Length > 0 && course is null ? signal.Message.At : signal.Message.StateAt), signal, []);
                    course.Events.Add(evidence.Event(IncidentEventKind.Started, signal.Message, course.StartedAt) with { Ts = $"{signal.Message.Ts} start" });
                    break;
                case AlertState.Resolved when course is null:
                    ignore($"{signal.Rule.Name}: an end without a start");
                    continue;
            }
            if (signal.State == AlertState.Acknowledged) course!.Acknowledge(evidence.Event(IncidentEventKind.Acknowledged, signal.Message));
            if (signal.State == AlertState.Open) firing.Add(signal.Member);
            if (signal.State == AlertState.Resolved)
            {
                // An alert on several things ends with the last of them.
                if (signal.Member.Length == 0) firing.Clear();
                firing.Remove(signal.Member);
                if (firing.Count == 0) course!.Resolve(evidence.Event(IncidentEventKind.Resolved, signal.Message));
            }
            if (!said.Contains(signal.Talk))
            {
                said.Add(signal.Talk);
                FollowPeople(course!, signal.Talk);
            }
        }
        if (course is not null) found.Add(Found(first!, course, said));
        return found;
    }

    // People answer alerts, too.
    private void FollowPeople(Course course, Conversation talk)
    {
        if (talk.Reacted(rules.AcknowledgeReactions) is { IsOn: true, At: { } taken } eyes)
            course.Acknowledge(evidence.Event(IncidentEventKind.Acknowledged, talk.First, taken, eyes.By) with { Ts = $"{talk.First.Ts} eyes" });
        foreach (var answer in talk.Answers.Where(a => a.IsPerson))
        {
            if (rules.Acknowledge.AreIn(answer.Latest.Text)) course.Acknowledge(evidence.Event(IncidentEventKind.Acknowledged, answer.Latest, answer.First.At));
            if (rules.Resolve.AreIn(answer.Latest.Text)) course.Resolve(evidence.Event(IncidentEventKind.Resolved, answer.Latest, answer.First.At));
        }
        if (talk.Reacted(rules.ResolveReactions) is not { IsOn: true } check) return;
        if (check.At is { } ended) course.Resolve(evidence.Event(IncidentEventKind.Resolved, talk.First, ended, check.By) with { Ts = $"{talk.First.Ts} check" });
        else course.EndAtUnknownTime();
    }

    private FoundIncident Found(Signal first, Course course, List<Conversation> said)
    {
        List<Conversation> all = [.. said.SelectMany(s => s.All)];
        var start = course.StartedAt.UtcTicks / TimeSpan.TicksPerMillisecond;
        return new FoundIncident(
            $"{story.Channel.ExternalId}:{first.Rule.Name}:{first.Key}:{start}", first.Rule.Name, story.Channel.Name,
            evidence.Report(all, first.Rule.TitleOf(first.Message.Text), course, first.Rule, first.Key),
            evidence.With(course.Events, said.SelectMany(s => s.Answers)));
    }
}
