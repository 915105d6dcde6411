namespace Veelocity.Simulator.Seeding;

/// <summary>Titles and descriptions that read like work.</summary>
internal static class Words
{
    private static readonly string[] Verbs = ["Add", "Fix", "Improve", "Remove", "Refactor", "Speed up", "Validate", "Cache", "Log", "Retry", "Document", "Simplify"];

    private static readonly string[] Things =
    [
        "checkout totals", "card validation", "the order history page", "price rounding", "invoice export", "search suggestions", "the refund flow", "webhook retries",
        "session expiry", "address lookup", "stock reservations", "the settings screen", "image loading", "currency formatting", "UTF-8 names in receipts",
        "the login form", "push notifications", "audit entries", "the loyalty banner", "shipping estimates", "error pages", "the button component", "keyboard focus",
    ];

    private static readonly string[] Places = ["", "", "", " on mobile", " for guests", " in the cart", " behind a flag", " for large orders", " after timeouts"];

    private static readonly (string Package, string From, string To)[] Updates =
    [
        ("typescript", "5.8.2", "5.9.3"), ("eslint", "9.30.1", "9.39.0"), ("react", "19.1.0", "19.2.0"), ("vite", "7.0.4", "7.2.2"), ("openssl", "3.5.1", "3.5.4"),
        ("actions/checkout", "4", "5"), ("postgres", "16.9", "16.11"), ("playwright", "1.54.0", "1.56.1"),
    ];

    private static readonly string[] Subjects =
    [
        "wip", "address review comments", "fix tests", "rename", "handle empty input", "add tests", "extract function", "typo", "make lint happy", "cover the error path", "first cut",
    ];

    public static string Title(Dice dice) => $"{dice.Pick(Verbs)} {dice.Pick(Things)}{dice.Pick(Places)}";

    public static string Subject(Dice dice) => char.ToUpperInvariant(dice.Pick(Subjects)[0]) + dice.Pick(Subjects)[1..];

    public static string Update(Dice dice)
    {
        var (package, from, to) = dice.Pick(Updates);
        return $"Bump {package} from {from} to {to}";
    }

    public static string Slug(string text) =>
        string.Join('-', new string([.. text.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(5));

    public static string? Body(Dice dice, string title, string? issue) =>
        dice.Chance(0.1)
            ? null
            : $"## What\n{title}.\n\n## Why\n{(issue is null ? "Reported by support." : dice.Chance(0.5) ? $"Closes {issue}." : IssueNames.Before(issue) is { } other && title.Length % 4 == 0 ? $"Part of {issue}, closes {other} too." : $"Part of {issue}.")}\n\n- [x] tests\n";
}
