using System.ComponentModel.DataAnnotations;

namespace Veelocity.Web.Organizations;

/// <summary>The time zones an organization can keep its calendar in, by their IANA names.</summary>
public static class TimeZones
{
    public const string Default = "UTC";

    public static IReadOnlyList<string> All { get; } =
    [
        .. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId).Select(zone => zone.Id)
            .Append(Default).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    public static bool Knows(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;
}

/// <summary>Accepts IANA names only; nothing at all is left to <see cref="RequiredAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeZoneAttribute() : ValidationAttribute("Choose a time zone by its IANA name, such as Europe/Paris.")
{
    public override bool IsValid(object? value) => value is null or "" || value is string name && TimeZones.Knows(name);
}
