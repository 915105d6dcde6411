using System.Text.RegularExpressions;

namespace Veelocity.Web.Linking.Sources;

/// <summary>Which of the usual words for stages and production a name of a workflow, file, job or environment says (M8, M13).</summary>
internal static partial class NameWords
{
    /// <summary>Production, prod or live as a word of its own, not after non, pre or not.</summary>
    public static bool SaysProduction(string name) => Production().IsMatch(Negated().Replace(Words(name), ""));

    /// <summary>Says that it is not production: <c>non-prod</c>, <c>preprod</c>.</summary>
    public static bool SaysNotProduction(string name) => Negated().IsMatch(Words(name));

    /// <summary>A stage before production.</summary>
    public static bool SaysStage(string name) => Stage().IsMatch(Words(name));

    /// <summary>Without the words that exclude a name only while it doesn't say production: <c>deploy-production-site</c> is production.</summary>
    public static string WithoutSoftWords(string name) => Soft().Replace(Words(name), "");

    /// <summary>Without what is said not to be production.</summary>
    public static string WithoutNegated(string name) => Negated().Replace(Words(name), "");

    /// <summary>Humps count as word boundaries: <c>deployProd</c> says prod.</summary>
    public static string Words(string name) => Hump().Replace(name, "-");

    [GeneratedRegex(@"(?<![a-z])(prod|production|live)(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Production();

    [GeneratedRegex(@"(?<![a-z])(non|pre|not)[^a-z]*(prod|production|live)(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Negated();

    [GeneratedRegex(
        @"(?<![a-z])(dev|develop|development|tests?|testing|qa|uat|sandbox|stage|staging|previews?|nightly)(?![a-z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Stage();

    [GeneratedRegex(@"(?<![a-z])(docs?|pages|storybook|site|drafter)(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Soft();

    [GeneratedRegex(@"(?<=[a-z])(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex Hump();
}
