using System.Text.RegularExpressions;

namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>
/// How to use an incident bot, as bots explain it in their messages: "To resolve it, type /incident resolved". That is
/// not about any incident.
/// </summary>
internal static partial class BotHints
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Multiline;

    /// <summary>What a bot says besides its hints.</summary>
    public static string Without(string text) => Hint().Replace(text, "") is var rest && rest.Any(char.IsLetterOrDigit) ? rest.Trim() : "";

    [GeneratedRegex(
        @"^[^\n]*\b(type|use|using|run|try|enter|send|invoke|via|with|commands?)\s+(the\s+)?[`""'“(*_]*/[a-z][\w-]*(?![\w-]*/)[^\n]*"
        + @"|^\W*/[a-z][\w-]*([ \t]+[\w\[\]<>""|@#-]+)*[ \t]*[`""]?[ \t]*[-–—:][ \t][^\n]*"
        + @"|^\W*(tip|hint|usage|help|reminder|examples?|commands?)\s*:[^\n]*"
        + @"|^\W*(available commands|how to|getting started|learn more|welcome to|thanks for (installing|adding))\b[^\n]*"
        + @"|^\W*to (resolve|close|end|acknowledge|start|create|declare|trigger|update|open|report|mark)\b[^\n]*"
        + @"|^\W*(please\s+)?(react|reply|respond|click|press|tap|type|say)\s+(with|here|in|on|to|the|this|below|:\w|[""'`“*/])[^\n]*"
        + @"|^[^\n]*\b(you can|you may|i can|i will|i['’]ll)\b[^\n]*\b(resolve|close|trigger|acknowledge|declare|create|open)d?\b[^\n]*"
        + @"|^\W*(actions?|buttons?|options?|quick links)\s*:[^\n]*"
        + @"|(?<=^|[.!?]\s)\W*(please\s+|then\s+)?(change|set|mark|move|switch|update)\s+(it|this|the\s+\w+|status)\b[^.!?\n]*"
        + @"|(?<=^|[.!?]\s)[^.!?\n]*\b(don['’]t forget|do not forget|remember to|make sure|click|press|tap|will be (archived|deleted|closed|paused))\b[^.!?\n]*"
        + @"|(?<=^|[.!?]\s)[^.!?\n]*\b(when|once|after|until|if)\s+(you|you['’]re|it|it['’]s|this|the\s+incident|everything)\b[^.!?\n]*"
        + @"|^[^\n]*\b(alerts|incidents)\b[^\n]*\b(will|are)\s+(be\s+)?(posted|sent|shown|shared)\b[^\n]*",
        Options)]
    private static partial Regex Hint();
}
