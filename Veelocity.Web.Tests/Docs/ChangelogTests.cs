using System.Text.RegularExpressions;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Tests.Docs;

public sealed partial class ChangelogTests
{
    [Fact]
    public void The_newest_version_in_the_changelog_is_the_one_that_the_app_tells()
    {
        var versions = Version().Matches(File.ReadAllText(Path.Combine(LinkTests.Root, "CHANGELOG.md"))).Select(m => System.Version.Parse(m.Groups["version"].Value)).ToList();
        Assert.Equal(versions.OrderDescending(), versions);
        Assert.Equal(versions[0].ToString(3), AppVersion.Text);
    }

    [GeneratedRegex(@"^## \[(?<version>\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
