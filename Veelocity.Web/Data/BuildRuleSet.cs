namespace Veelocity.Web.Data;

/// <summary>
/// By what an organization's mobile builds are found: regular expressions, case-insensitive, empty for none. A workflow's name or file goes
/// before what the file contains, and a platform of its own before both.
/// </summary>
public sealed record BuildRuleSet
{
    public string IosNames { get; init; } = "(^|[^a-z])ios([^a-z]|$)|iphone|ipad|testflight";
    public string AndroidNames { get; init; } = "android|google.?play";
    public string BothNames { get; init; } = "(^|[^a-z])mobile.?(ci|build|app|test|release|pipeline)";

    /// <summary>Looked for in each command, action and runner that the workflow's file names.</summary>
    public string IosContents { get; init; } = "xcodebuild|xcpretty|xcode-select|setup-xcode|pod install|fastlane ios|flutter build (ios|ipa)|(run|build)[:-]ios";
    public string AndroidContents { get; init; } = "gradle|fastlane android|setup-android|flutter build (apk|appbundle)|(run|build)[:-]android";
    public string BothContents { get; init; } = "fastlane|eas build";

    /// <summary>Names and files of workflows that are none although something of them matches.</summary>
    public string NotNames { get; init; } = "";

    /// <summary>Jobs of workflows that build for both: by their name, else by their runner and commands.</summary>
    public string IosJobs { get; init; } = "(^|[^a-z])ios([^a-z]|$)|iphone|ipad|xcode|testflight|macos";
    public string AndroidJobs { get; init; } = "android|gradle|(^|[^a-z])(apk|aab)([^a-z]|$)|google.?play";
}
