using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Veelocity.Web.Tests.Web;

/// <summary>A phone's authenticator app: computes codes from the key that a page shows.</summary>
public sealed class Authenticator(string key)
{
    /// <summary>The code of the present half minute, or of one so many later; apps' clocks may be off by one.</summary>
    public string Code(int later = 0)
    {
        var counter = BitConverter.GetBytes((DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30) + later);
        Array.Reverse(counter);
#pragma warning disable CA5350 // what RFC 6238 asks for
        var hash = HMACSHA1.HashData(Secret(), counter);
#pragma warning restore CA5350
        var from = hash[^1] % 16;
        var number = ((hash[from] & 0x7f) << 24) | (hash[from + 1] << 16) | (hash[from + 2] << 8) | hash[from + 3];
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    private byte[] Secret()
    {
        var letters = key.Replace(" ", "", StringComparison.Ordinal);
        var number = letters.Aggregate(BigInteger.Zero, (sum, letter) => (sum * 32) + "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal));
        var bytes = letters.Length * 5 / 8;
        return [.. (number >> ((letters.Length * 5) % 8)).ToByteArray(isUnsigned: true, isBigEndian: true).Reverse().Concat(Enumerable.Repeat((byte)0, bytes)).Take(bytes).Reverse()];
    }
}
