namespace Veelocity.Simulator.Worlds;

/// <summary>
/// Something that happened, in the words of a webhook: the event, its action if it has one, and what it is about.
/// <paramref name="Detail"/> is what the action adds, e.g. the label.
/// </summary>
public sealed record Happening(string Event, string? Action, Repository Repository, object Subject, Account? Sender, DateTimeOffset At, object? Detail = null);

/// <summary>A branch moved.</summary>
public sealed record BranchPush(string Branch, string? Before, Commit? After, IReadOnlyList<Commit> Commits, bool IsForced);
