using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>Keeps what happened to an account's security, for its owner to read; a year of it.</summary>
internal sealed class AccountEvents(VeelocityDb db, IHttpContextAccessor http, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public async Task RecordAsync(Guid userId, AccountEventKind kind, string? detail = null)
    {
        var now = clock.GetUtcNow();
        db.Add(new AccountEvent
        {
            UserId = userId,
            At = now,
            Kind = kind,
            Detail = detail is { Length: > AccountEvent.LongestDetail } ? detail[..AccountEvent.LongestDetail] : detail,
            Address = http.HttpContext?.Connection.RemoteIpAddress,
        });
        await db.SaveChangesAsync();
        await db.AccountEvents.Where(e => e.UserId == userId && e.At < now - Kept).ExecuteDeleteAsync();
    }

    /// <summary>The latest first.</summary>
    public Task<List<AccountEvent>> ListAsync(Guid userId, int most, CancellationToken cancellation) =>
        db.AccountEvents.AsNoTracking().Where(e => e.UserId == userId).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(most).ToListAsync(cancellation);
}
