using System.Security.Cryptography;
using System.Text;

namespace Veelocity.Web.Connectors;

/// <summary>A short text that is another one when any of its parts is, to notice that something changed without keeping it.</summary>
internal static class Mark
{
    public static string Of(IEnumerable<string> parts) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 12));
}
