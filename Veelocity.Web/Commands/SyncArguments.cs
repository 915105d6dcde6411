using Veelocity.Web.Platform.Startup;

namespace Veelocity.Web.Commands;

/// <summary>What <c>veelocity sync</c> was asked to do.</summary>
/// <param name="Organization">Its slug; null for all.</param>
internal sealed record SyncArguments(string? Organization, bool IsFull)
{
    public static SyncArguments Parse(string[] arguments)
    {
        var parsed = new SyncArguments(null, IsFull: false);
        for (var i = 1; i < arguments.Length; i++)
        {
            parsed = arguments[i] switch
            {
                "--full" => parsed with { IsFull = true },
                "--organization" when i + 1 < arguments.Length && !arguments[i + 1].StartsWith('-') => parsed with { Organization = arguments[++i] },
                "--organization" => throw new StartupException("--organization needs the slug of one: veelocity sync --organization acme."),
                var named when named.StartsWith("--organization=", StringComparison.Ordinal) && named.Length > 15 => parsed with { Organization = named[15..] },
                var unknown => throw new StartupException($"veelocity sync does not know '{unknown}'. Usage: veelocity sync {SyncNow.Command.Usage}"),
            };
        }
        return parsed;
    }
}
