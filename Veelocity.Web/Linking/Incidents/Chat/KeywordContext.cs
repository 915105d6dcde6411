using System.Text.RegularExpressions;

namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>
/// What takes the meaning away from a keyword: a denial, a condition, a future or incomplete end, another sense of the
/// word.
/// </summary>
internal sealed partial class KeywordContext
{
    /// <summary>
    /// Ends that are still to come, or only in part: "once this is resolved", "should be fixed soon", "not fully
    /// resolved".
    /// </summary>
    public static readonly KeywordContext End = new(BeforeNoEnd(), AfterNoEnd(), Question());

    /// <summary>"is down to 3%", "errors are down", "the last outage" and "no outage" start nothing.</summary>
    public static readonly KeywordContext Start = new(BeforeNoStart(), AfterNoStart(), beforeNoun: BeforeNoNewOutage());

    public static readonly KeywordContext Acknowledgement = new(Denial(), null);

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private readonly Regex _before;
    private readonly Regex? _after, _sentence, _beforeNoun;

    /// <param name="before">Looked for in the clause before the keyword.</param>
    /// <param name="after">Looked for in the sentence from the keyword on.</param>
    /// <param name="sentence">Looked for in the sentence before the keyword.</param>
    /// <param name="beforeNoun">Like <paramref name="before"/>, for keywords such as "outage" that are no verb such as "is down".</param>
    private KeywordContext(Regex before, Regex? after, Regex? sentence = null, Regex? beforeNoun = null) =>
        (_before, _after, _sentence, _beforeNoun) = (before, after, sentence, beforeNoun);

    /// <summary>The text without code and quotes.</summary>
    public static string OwnWords(string text) => NotOwn().Replace(text, " ");

    /// <summary>Whether the keyword at this place means what it says.</summary>
    public bool Confirms(string text, int at, int length)
    {
        var start = EndOfLast(SentenceEnd(), text.AsSpan(0, at));
        var sentence = text.AsSpan(start, at - start);
        var end = text.Length;
        foreach (var boundary in SentenceEnd().EnumerateMatches(text.AsSpan(at + length)))
        {
            end = at + length + boundary.Index;
            if (text.AsSpan(end, boundary.Length).Contains('?')) return false;
            break;
        }
        var clause = sentence[EndOfLast(ClauseEnd(), sentence)..];
        return !Condition().IsMatch(sentence)
            && _sentence?.IsMatch(sentence) != true
            && _after?.IsMatch(text.AsSpan(at, end - at)) != true
            && (_beforeNoun?.IsMatch(clause) != true || Verb().IsMatch(text.AsSpan(at, length)))
            && !_before.IsMatch(clause);
    }

    private static int EndOfLast(Regex boundaries, ReadOnlySpan<char> text)
    {
        var end = 0;
        foreach (var boundary in boundaries.EnumerateMatches(text)) end = boundary.Index + boundary.Length;
        return end;
    }

    [GeneratedRegex(@"```.*?(```|\z)|`[^`\n]*`|^[ \t]*(>|&gt;)[^\n]*", Options | RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NotOwn();

    [GeneratedRegex(@"[.!?;]+(?=\s|$|[)""'”’*_])|\n+", Options)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@",\s|:\s|\s[-–—]+\s|—|[()]|\s(but|so|now that|and(?=\s+(it|everything|all|things|now)\b))\s", Options)]
    private static partial Regex ClauseEnd();

    // A condition governs the whole sentence.
    [GeneratedRegex(@"^\W*(\w+\s)?(if|unless|assuming|provided|in case|as long as)\b", Options)]
    private static partial Regex Condition();

    [GeneratedRegex(@"\b(not|never|cannot|if|whether)\b|n['’]t\b", Options)]
    private static partial Regex Denial();

    // Asked without a question mark.
    [GeneratedRegex(
        @"^\W*((has|have|had|is|are|was|were|did|does|do)\s+(it|this|that|they|we|you|the|all|any\w*|every\w*|some\w*)"
        + @"|anyone\b|anybody\b|some(one|body)\s+(know|see|confirm|tell)|(\w+\s+){0,3}expects?|(do|does)\s+\w+\s+know|any\s+idea)\b",
        Options)]
    private static partial Regex Question();

    [GeneratedRegex(@"^(is|are|was|were|has|have|['’]s|['’]re)\b", Options)]
    private static partial Regex Verb();

    [GeneratedRegex(
        @"\b(not|never|nothing|none|neither|nor|cannot|hardly|barely|yet)\b|n['’]t\b|\bno\s*$"
        + @"|\b(until|till|unless|once|when|whenever|if|whether|in\s+case|as\s+soon\s+as|as\s+long\s+as|by\s+the\s+time|so\s+that|to\s+ensure)\b"
        + @"|\bbefore\s+(it|this|that|we|the|everything|things?)\b|\bafter\s+(it|this|that)(['’]s|\s+(is|has|gets))\b"
        + @"|\b(will|shall|should|would|could|may|might|must|ought|gonna)\b|['’]ll\b|\bcan\b(?!\s+(now\s+)?(confirm|see|say|tell|report|call|close|consider|mark))"
        + @"|\bgoing\s+to\b|(?<!\b(seems?|appears?|looks?|managed|able|said)\s)\bto\s+(be|get|have|see|become)\b"
        + @"|\b(expect\w*|hope|hoped|hopes|hoping|hopefully|try|tries|trying|plan|plans|planned|planning|aim\w*|want\w*|need\w*|wait\w*|await\w*|eta)\b"
        + @"|\b(estimate\w*|promise[sd]?|please|remember|remind\w*|let['’]?s|pending|work(ing)?\s+(on|to|towards?)|make\s+sure|making\s+sure)\b"
        + @"|\b(verify|verifying|check|checking|ensure|ensuring|confirming)\b"
        + @"|\b(partially|partly|mostly|largely|half|almost|nearly|somewhat|slowly|gradually)\b|\bclose\s+to\b"
        + @"|\b(being|(?<!\b(managed|able)\s+to\s)get|getting|going|coming|returning|heading|moving|trending|starting)\s+(\w+\s+)?$"
        + @"|\b(some|most|many|few|several|one|two|three)\s+(of|customers?|users?|regions?|services?|pods?|hosts?|nodes?|instances?)\b"
        + @"|\b\d+\s+(out\s+)?of\s+(the\s+)?\d+\b|\b\d+/\d+\s+[a-z]+\s+((are|have|is|has)\s+)?$|(?<![\d.,])(?!(100|0)\s?%)\d+([.,]\d+)?\s?%\s*(of\b.*|are\s.*|is\s.*)?$"
        + @"|\b(thought|assumed|believed|supposed(ly)?|allegedly|probably|likely|maybe|perhaps|that\s+one)\b|^\W*only\b"
        + @"|\b(conflicts?|dependenc(y|ies)|host\s?names?|names?|comments?|threads?|(?!inc)[a-z]{2,9}-\d+)\s+((is|are|was|were|(has|have)\s+been|now)\s+)*$"
        + @"|\b(previous(ly)?|yesterday|last\s+(time|week|night|month|year|incident|outage))\b",
        Options)]
    private static partial Regex BeforeNoEnd();

    [GeneratedRegex(
        @"^resolved\s+(in)?to\s+(?!normal)|^(fixed)\s+(ip|address|price|rate|width|size|schedule|cost)\b"
        + @"|^(\w+\s+){1,3}?(partially|partly|mostly|soon|shortly|later|tomorrow|tonight|eventually|next|in\s+progress|yesterday|last\s+(week|night|month|time|year))\b"
        + @"|^(\w+\s+){1,3}?(only\s+)?(for|in|on)\s+(only\s+)?(some|most|many|half|a\s+few|several|\d+\s?%)"
        + @"|^(\w+\s+){1,3}?by\s+(the\s+)?(\d{1,2}([:.]\d\d|\s?(am|pm|h|utc|cet|est)\b)|noon|midnight|to(morrow|night|day)|\w+day\b|next|eod|end\s+of)"
        + @"|^\w+(\s+\w+){0,2}\W{1,3}(but\s+)?not\s+(yet|fully|completely|entirely|everywhere|for)\b"
        + @"|^fixed\s+(version|build|release|image|code|package|binary)\b|^resolved\s+(status|fine|correctly|properly|from|via|by\s+(an?\s+)?(\w+\s+)?(server|resolver))\b"
        + @"|^fixed\s+(the|an?|my|our)\s+(typo|dashboard|alert\w*|runbook|docs?|tests?|monitor\w*|graph|query|link|pipeline|branch)\b"
        + @"|^(\w+\s+){1,4}?(is|are)\s+(expected|planned|estimated|due)\b|^\w+\s*[:=]\s*(no|not|false|pending)\b"
        + @"|\b(has|have|is|are)(\s+not|n['’]t)(\s+yet)?\W*$|\bwhich\s+is\s+(wrong|not)\b"
        + @"|,\s*(now\s+)?(deploying|pushing|releasing|shipping|rolling\s+out)\b|\b(deploy\w*|rollout|release|build)\s+(is\s+)?(still\s+)?(pending|running|in\s+progress)\b"
        + @"|^\w+(\s+\w+){0,4}?\s+only\b(?!\s+(by|because|after|thanks|when))|^\w+\s+(\w+\s+)?locally\b"
        + @"|^\w+\s+(\w+\s+)?(in|on)\s+(an?\s+|the\s+|my\s+|our\s+)?(staging|stage|dev|development|test|testing|qa|uat|preview|sandbox|branch|pr|pull\s+request|master|main|develop)\b"
        + @"|^\w+\s+((on|in|for)\s+)?(one|some|part|half|most|the\s+first|\d+)\s+(of|issue|cause|part|problem|bug|error|hosts?|nodes?|pods?|regions?|services?|instances?)\b"
        + @"|^\w+\s+(it\s+)?(briefly|momentarily|for\s+(now\s+in|(a\s+)?(few\s+|couple\s+of\s+|moment|\d+\s*)(s|sec\w*|min\w*|moments?)?\b))"
        + @"|\b(failing|failed|down|broken?|broke|crashing|crashed|erroring|happening|slow)\s+again\b|\bbroke\s+again\b"
        + @"|\bstill\s+(failing|broken|down|see(s|ing)?|slow|degraded|elevated|affected|happening|failed|unavailable|unstable|throwing|returning|hitting|open|errors?|some\s+errors?|getting|having|an?\s+issue)\b"
        + @"|\b(errors?|issues?|problems?|failures?|timeouts?|requests)\s+(still\s+)?(remain|persist|continue)"
        + @"|^[^,:;–—]*\b(once(?!\s+and\s+for\s+all)|as\s+soon\s+as|until|assuming|provided)\b"
        + @"|^[^,:;–—]*(?<!\b(know|us|me|here|out|ticket|reopen|again)\s)\bif\s",
        Options)]
    private static partial Regex AfterNoEnd();

    [GeneratedRegex(
        @"\b(not|never|no|nothing|none|n['’]t)\s+(\w+\s+){0,2}$|n['’]t\s+(\w+\s+){0,2}$|\b(if|whether|whenever|in\s+case|until|unless|when)\b|\bno\s+longer\b"
        + @"|\b(looked|seemed|thought)\b"
        + @"|\b(numbers?|rate|amount|count|share|percentage|volume|cost|price)\s+of\b|\bburn\s*$"
        + @"|\b(latency|latencies|errors?|failures?|timeouts?|cpu|load|memory|usage|backlog|queues?|times?|costs?|bills?|rates?|counts?|numbers?|volume|length|size|depth"
        + @"|tickets?|prices?|sales|revenue|conversions?|churn|p\d{2,3})\s*$",
        Options)]
    private static partial Regex BeforeNoStart();

    [GeneratedRegex(
        @"\b(last|previous|past|old|earlier|yesterday['’]?s?|planned|scheduled|simulated|test|fake|mock|prevent\w*|avoid\w*|downgrad\w+\s+to)\s+([\w'’]+\s+)?$"
        + @"|\b(during|after|since|about|from|of|like)\s+(the|that|this|our|yesterday['’]?s?|last\s+\w+)\s+(\w+\s+)?$|\b(post-?mortem|retro\w*|drill|root\s+cause|rca)\b",
        Options)]
    private static partial Regex BeforeNoNewOutage();

    [GeneratedRegex(
        @"^(\w+\s+)?down\s+(to|by)\b"
        + @"|^(\w+\s+)?down\s+(from|below|under|about|around|roughly|nearly|almost|only|just|over|more\s+than|less\s+than)?\s*[~≈+\-−]?\s?[$€]?\d[\d.,]*\s?(%|percent\b|points?\b|pts\b|pp\b|x\b|k\b|ms\b|€|\$)"
        + @"|^(\w+\s+)?down\s+(one|two|three|four|five|an?)\s+(?!more|second|third|time|hour|minute|day)\w+|^(\w+\s+)?down\s+(this|for\s+the)\s+(week|month|quarter|year)\b"
        + @"|^(\w+\s+)?down\s+from\s+\d+(?![\d:])|^(\w+\s+)?down\s+[$€]\d|^(\w+\s+)?down\s+(slightly|a\s+(bit|little|lot)|significantly|sharply|compared|vs|versus|(week|year|month)\s+over|with\s+(the\s+|a\s+)?(flu|cold|covid))\b"
        + @"|^\w+\s+(post-?mortem|retro\w*|review|drill|simulation|exercise|training|test|rehearsal|summary|report|is\s+over|runbook|process|policy|last\s+\w+|yesterday)\b",
        Options)]
    private static partial Regex AfterNoStart();
}
