using System.Security.Cryptography;
using System.Text;

namespace Veelocity.Web.Data;

/// <summary>
/// The id of a row that comes from a provider, computed from what identifies it there. The same fact has the same id in every
/// sync, so batches need no look-ups, a repeat changes nothing, and links survive a reconnect.
/// </summary>
public static class StableId
{
    public static Guid From(Guid owner, string kind, string key)
    {
        Span<byte> text = stackalloc byte[16 + Encoding.UTF8.GetMaxByteCount(kind.Length + 1 + key.Length)];
        owner.TryWriteBytes(text, bigEndian: true, out _);
        var length = 16 + Encoding.UTF8.GetBytes(kind, text[16..]);
        text[length++] = 0;
        length += Encoding.UTF8.GetBytes(key, text[length..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80); // UUID version 8: made by the application
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    public static Guid From(Guid owner, string kind, long key)
    {
        Span<char> digits = stackalloc char[20];
        key.TryFormat(digits, out var count, provider: System.Globalization.CultureInfo.InvariantCulture);
        return From(owner, kind, new string(digits[..count]));
    }
}
