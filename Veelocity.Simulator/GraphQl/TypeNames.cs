using System.Globalization;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.GraphQl;

/// <summary>Which schema type an object of the world is shown as.</summary>
internal static class TypeNames
{
    public static string Of(object value) => value switch
    {
        Account account => account.Kind.ToString(),
        TimelineEvent happened => Event(happened.Kind),
        Review => "PullRequestReview",
        Worlds.Tag => "Tag",
        _ => value.GetType().Name,
    };

    /// <summary><c>ready_for_review</c> → ReadyForReviewEvent.</summary>
    public static string Event(string kind) =>
        string.Concat(kind.Split('_').Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..])) + "Event";
}
