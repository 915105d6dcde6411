namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>When a pull request was made ready and made a draft again, and whether it ended as one.</summary>
internal sealed class DraftStory
{
    public DraftStory(Dice dice, DateTimeOffset created, DateTimeOffset end)
    {
        var turns = dice.Below(10) switch { < 6 => 0, 6 or 7 => 1, 8 => 2, _ => 3 };
        IsDraft = dice.Chance(turns > 0 ? 70 : 3);
        if (turns == 0) return;
        var at = created;
        for (; turns > 0; turns--)
        {
            at += (end - at) * (dice.Below(60) / 100.0);
            at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond)).AddSeconds(turns);
            (IsDraft ? Readied : Drafted).Add(at);
            IsDraft = !IsDraft;
        }
        // Few are merged as drafts.
        if (!IsDraft || dice.Chance(20)) return;
        Readied.Add(at.AddSeconds(30));
        IsDraft = false;
    }

    public bool IsDraft { get; private set; }

    public List<DateTimeOffset> Readied { get; } = [];

    public List<DateTimeOffset> Drafted { get; } = [];
}
