using Microsoft.Extensions.Options;

namespace Veelocity.Web.Sync;

/// <summary>How far back what is plentiful (workflow runs) is read.</summary>
public sealed class SyncHistory(IOptions<SyncOptions> options, TimeProvider time)
{
    public DateTimeOffset Start() => time.GetUtcNow().AddDays(-options.Value.HistoryDays);
}
