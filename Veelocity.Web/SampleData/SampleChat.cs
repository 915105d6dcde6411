using System.Globalization;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.SampleData;

/// <summary>What was said about the releases that broke something: by people in one channel, by an alert bot in another.</summary>
internal sealed class SampleChat
{
    private const string Incidents = "sample-C1", Alerts = "sample-C2";
    private static readonly string[] Troubles = ["fails for some customers", "answers with 500 to every third request", "times out", "is down"];

    private readonly SampleDice dice = new(31);
    private int spoken;

    public List<Fact> Facts { get; } = [];

    public static SampleChat Tell(SampleCalendar calendar, SampleCode code)
    {
        var story = new SampleChat();
        story.Facts.AddRange(SamplePeople.AtSlack.Select(actor => new AccountFact(actor)));
        foreach (var (id, name) in new[] { (Incidents, "incidents"), (Alerts, "alerts") })
            story.Facts.Add(new ChannelFact(id, name, $"https://harbor.slack.com/archives/{id}", null, false, false, true, calendar.Start, null, null));
        foreach (var (release, noticed, over, isTakenBack) in code.Failures)
        {
            if (isTakenBack || story.dice.Chance(0.6)) story.Discuss(release, noticed, over, isTakenBack, calendar.IsBad(noticed));
            else story.Alert(release, noticed, over);
        }
        foreach (var day in calendar.WorkingDays.Where(day => day.DayOfWeek == DayOfWeek.Monday)) story.Say(Incidents, 5, day.AddHours(8), "Who is on call this week?");
        return story;
    }

    private void Discuss(SampleRelease release, DateTimeOffset noticed, DateTimeOffset over, bool isTakenBack, bool isBad)
    {
        var team = release.Repository.Team.Members;
        var severity = isBad ? dice.Pick(["sev1", "sev2"]) : dice.Pick(["sev2", "sev3"]);
        var start = Say(Incidents, team[0], noticed, $"Incident: {release.Repository.Name} {dice.Pick(Troubles)} ({severity})");
        Say(Incidents, team[1], noticed + dice.Minutes(2, 7), "looking into it", start);
        Say(Incidents, team[1], noticed + ((over - noticed) * 0.5), isTakenBack ? "rolling back to the release before" : "found it, a fix is on its way", start);
        Say(Incidents, team[0], over, isTakenBack ? "Resolved. Rolled back." : "All clear, errors are back to normal", start);
    }

    private void Alert(SampleRelease release, DateTimeOffset noticed, DateTimeOffset over)
    {
        var title = $"{dice.Pick(["High error rate", "Latency p99 above 2 s"])} {release.Repository.Name} (critical)";
        foreach (var (word, at) in new[] { ("[FIRING:1]", noticed), ("[RESOLVED]", over) })
            Facts.Add(new MessageFact(Alerts, Ts(at), "", null, at, at, null, null, "Grafana", null, $"{word} {title}\nGrafana v11.2.0", [], []));
    }

    private string Say(string channel, int person, DateTimeOffset at, string text, string? thread = null)
    {
        var ts = Ts(at);
        Facts.Add(new MessageFact(channel, ts, "", thread, at, at, SamplePeople.SlackIdOf(person), null, null, null, text, [], []));
        return ts;
    }

    private string Ts(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()}.{++spoken:000000}");
}
