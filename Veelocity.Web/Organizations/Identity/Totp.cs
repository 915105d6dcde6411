using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>The codes of authenticator apps (RFC 6238): six digits from the key and the present half minute.</summary>
internal static class Totp
{
    public const int Digits = 6;
    private const int StepSeconds = 30;

    // A clock that is off by half a minute still fits.
    private const int Tolerance = 1;

    /// <summary>The half minute whose code this is; null when it is none of those around now.</summary>
    /// <param name="key">In base 32, as the app was given it.</param>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        var secret = FromBase32(key);
        var given = Encoding.ASCII.GetBytes(code);
        var present = now.ToUnixTimeSeconds() / StepSeconds;
        for (var step = present - Tolerance; step <= present + Tolerance; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(CodeOf(secret, step)))) return step;
        }
        return null;
    }

    private static string CodeOf(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // what RFC 6238 and every authenticator app compute with
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bytes = new List<byte>(text.Length * 5 / 8);
        var (bits, held) = (0, 0);
        foreach (var digit in text.TrimEnd('=').Select(letter => Alphabet.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal)))
        {
            if (digit < 0) throw new FormatException("This is not base 32.");
            (bits, held) = ((bits << 5 | digit) & 0xfff, held + 5);
            if (held < 8) continue;
            held -= 8;
            bytes.Add((byte)(bits >> held));
        }
        return [.. bytes];
    }
}
