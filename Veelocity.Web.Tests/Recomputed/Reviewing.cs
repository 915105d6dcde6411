using Veelocity.Web.Data;
using Veelocity.Web.Tests.Recomputed.Facts;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>When a pull request was ready, first reviewed and last approved, by people other than its author (M20, M26, M29).</summary>
internal sealed record Reviewing(DateTimeOffset? ReadyAt, DateTimeOffset? FirstAt, DateTimeOffset? ApprovedAt, bool IsReviewed)
{
    public static Reviewing Of(PullRequest pull, IEnumerable<Review> all, Machines machines)
    {
        var turns = pull.ReadyForReviewAt.Select(at => (At: at, IsDraft: false)).Concat(pull.ConvertedToDraftAt.Select(at => (At: at, IsDraft: true)))
            .OrderBy(turn => turn.At).ToList();
        turns.Insert(0, (pull.CreatedAt, turns.Count == 0 ? pull.IsDraft : !turns[0].IsDraft));

        var reviews = all.Where(r => !machines.Has(r.AuthorAccountId) && r.AuthorAccountId != pull.AuthorAccountId
            && (pull.MergedAt is null || r.SubmittedAt <= pull.MergedAt)).OrderBy(r => r.SubmittedAt).ToList();
        var first = reviews.Find(r => !turns.Last(turn => turn.At <= r.SubmittedAt).IsDraft)?.SubmittedAt;
        var ready = turns.Where(turn => !turn.IsDraft).Select(turn => (DateTimeOffset?)turn.At).ToList();
        return new(
            pull.IsDraft ? null : ready.FindLast(at => first is not null && at <= first) ?? ready.LastOrDefault(),
            first, reviews.FindLast(r => r.State == ReviewState.Approved)?.SubmittedAt, reviews.Count > 0);
    }
}

/// <summary>Accounts that are no people: by their type, or a word in their login (M29).</summary>
internal sealed class Machines
{
    private static readonly string[] Words = ["bot", "robot", "ci", "automation"];

    private readonly HashSet<Guid> all;
    private readonly HashSet<Guid> agents;

    public Machines(World world)
    {
        all = [.. world.Accounts.Where(who => who.Kind == AccountKind.Bot || who.Login.Split('-').Intersect(Words).Any()).Select(who => who.Id)];
        agents = [.. world.Accounts.Where(who => who.Login.StartsWith("copilot", StringComparison.Ordinal)).Select(who => who.Id)];
    }

    public bool Has(Guid? account) => account is { } id && all.Contains(id);

    /// <summary>Those that write changes as people do: a cohort of their own.</summary>
    public bool IsAgent(Guid? account) => account is { } id && agents.Contains(id);
}
