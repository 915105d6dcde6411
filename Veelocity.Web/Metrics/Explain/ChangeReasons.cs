using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>Why a pull request is not counted, in words.</summary>
internal static class ChangeReasons
{
    public static LeftOutReason Of(ChangeItems.ReasonCount reason) => new(KeyOf(reason.Word), NameOf(reason.Word), WhyOf(reason.Word), reason.Count);

    public static string NameOf(string word) =>
        word == ChangeItems.Item.NoService ? "not a service's" : Reasons.Of(SnakeCaseEnum<LeftOut>.FromText(word));

    /// <summary>As the rows spell it; null for none.</summary>
    public static string? Word(string? key) => string.IsNullOrEmpty(key) ? null : key.Replace('-', '_');

    private static string KeyOf(string word) => word.Replace('_', '-');

    private static string WhyOf(string word) => word == ChangeItems.Item.NoService
        ? "No service covers the paths it changed, or they are not read yet, so it is not known to be on its way to production."
        : Reasons.Why(SnakeCaseEnum<LeftOut>.FromText(word));
}
