using System.Reflection;

namespace Veelocity.Web.Platform;

/// <summary>The version of this app, as CHANGELOG.md names it.</summary>
public static class AppVersion
{
    /// <summary>Such as <c>1.2.0</c>; what a build adds behind a plus is left out.</summary>
    public static string Text { get; } =
        typeof(AppVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
