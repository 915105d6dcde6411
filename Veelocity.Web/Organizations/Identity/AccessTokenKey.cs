using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>The key that signs access tokens: made once, kept encrypted in the database, so that all instances share it.</summary>
internal sealed class AccessTokenKey(IServiceScopeFactory scopes, IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Name = "access_tokens";
    private readonly IDataProtector protector = protection.CreateProtector("Veelocity.AccessTokens");

    /// <summary>The key once it has been read; validation is synchronous and awaits <see cref="ReadAsync"/> beforehand.</summary>
    public SymmetricSecurityKey? Known { get; private set; }

    public async ValueTask<SymmetricSecurityKey> ReadAsync(CancellationToken cancellation = default)
    {
        if (Known is not null)
            return Known;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VeelocityDb>();
        if (await ProtectedAsync(db, cancellation) is not { } stored)
        {
            var made = Convert.ToBase64String(protector.Protect(RandomNumberGenerator.GetBytes(64)));
            // Of several instances that start together, one wins, and all read what it wrote.
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO installation_secrets (name, protected_value, created_at) VALUES ({Name}, {made}, {clock.GetUtcNow()}) ON CONFLICT DO NOTHING",
                cancellation);
            stored = await ProtectedAsync(db, cancellation) ?? made;
        }
        return Known = new SymmetricSecurityKey(protector.Unprotect(Convert.FromBase64String(stored)));
    }

    private static Task<string?> ProtectedAsync(VeelocityDb db, CancellationToken cancellation) =>
        db.InstallationSecrets.Where(s => s.Name == Name).Select(s => (string?)s.ProtectedValue).SingleOrDefaultAsync(cancellation);
}
