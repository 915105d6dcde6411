using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Veelocity.Web.Platform.Security;

/// <summary>A secret that goes into a link or a token: 256 random bits, of which only the hash is stored.</summary>
internal static class RandomSecret
{
    private const int Bytes = 32;

    public static string New() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(Bytes));

    // Nothing slower is needed: nobody guesses 256 bits.
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
