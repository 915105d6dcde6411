namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>
/// Finds the incidents of a channel in its messages, as a plain function: the same messages and rules give the same incidents, in whatever
/// order and how often they came.
/// </summary>
internal static class IncidentFinder
{
    public static Finding Find(ChatStory story, CompiledRules rules)
    {
        var ignored = new Dictionary<string, int>(StringComparer.Ordinal);
        if (!rules.Reads(story.Channel.Name)) return new Finding([], ignored);
        var talks = Conversation.In(story);
        var evidence = new Evidence(story, rules);
        var people = new PeopleTalk(story, rules, evidence);
        if (rules.IsDedicated(story.Channel.Name)) return new Finding(people.FollowChannel(talks) is { } one ? [one] : [], ignored);

        var alerts = new AlertTalk(story, rules, evidence);
        var (found, reports) = (new List<FoundIncident>(), new List<(Conversation, CompiledAlertRule)>());
        foreach (var talk in talks)
        {
            if (alerts.RuleOf(talk) is { } rule) reports.Add((talk, rule));
            else if (people.StartedBy(talk) is { } by) found.Add(people.Follow(talk, by, talks));
            else Ignore(WhyNot(talk));
        }
        found.AddRange(alerts.Follow(reports, Ignore));
        return new Finding([.. found.OrderBy(f => f.Report.StartedAt).ThenBy(f => f.Key, StringComparer.Ordinal)], ignored);

        void Ignore(string why) => ignored[why] = ignored.GetValueOrDefault(why) + 1;
    }

    private static string WhyNot(Conversation talk) => talk.First switch
    {
        { Subtype: not null and not ("bot_message" or "file_share" or "me_message" or "thread_broadcast") } => "Notices: joins, topics, pins",
        { BotName: { } bot } => $"{bot}: no alert rule fits",
        _ => "Talk without a start keyword or reaction",
    };
}
