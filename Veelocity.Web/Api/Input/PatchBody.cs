using System.Runtime.CompilerServices;

namespace Veelocity.Web.Api.Input;

/// <summary>
/// A body that changes only the fields it names; null clears one. Its properties are set with <see cref="Sent{T}"/>.
/// </summary>
internal abstract record PatchBody
{
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);

    /// <summary>What was sent for a field, or else what it was before.</summary>
    protected T Or<T>(T sent, T before, string field) => _sent.Contains(field) ? sent : before;

    protected bool Has(string field) => _sent.Contains(field);

    protected T Sent<T>(T value, [CallerMemberName] string field = "")
    {
        _sent.Add(field);
        return value;
    }
}
