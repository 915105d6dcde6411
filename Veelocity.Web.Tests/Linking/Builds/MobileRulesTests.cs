using Veelocity.Web.Data;
using Veelocity.Web.Linking.Builds;

namespace Veelocity.Web.Tests.Linking.Builds;

public sealed class MobileRulesTests
{
    private static readonly MobileRules Shipped = new(new BuildRuleSet());

    [Theory]
    [InlineData("iOS build", "ios-build.yml", MobilePlatforms.Ios)]
    [InlineData("Release", "ios-build.yml", MobilePlatforms.Ios)]
    [InlineData("Portfolios", "studios.yml", MobilePlatforms.None)]
    [InlineData("Build", "android-build.yaml", MobilePlatforms.Android)]
    [InlineData("mobile-ci", "main.yml", MobilePlatforms.Both)]
    [InlineData("iOS and Android", "apps.yml", MobilePlatforms.Both)]
    [InlineData("Deploy mobile", "deploy-mobile.yml", MobilePlatforms.None)]
    public void M32_a_workflow_is_known_by_its_name_or_its_file(string name, string file, MobilePlatforms expected) =>
        Assert.Equal(expected, Shipped.Find(name, ".github/workflows/" + file, [], null).Platforms);

    [Theory]
    [InlineData("xcodebuild -workspace", MobilePlatforms.Ios)]
    [InlineData("./gradlew assembleRelease", MobilePlatforms.Android)]
    [InlineData("bundle exec fastlane beta", MobilePlatforms.Both)]
    [InlineData("bundle exec fastlane ios beta", MobilePlatforms.Ios)]
    [InlineData("npm test", MobilePlatforms.None)]
    public void M32_a_workflow_is_known_by_what_its_file_contains(string command, MobilePlatforms expected) =>
        Assert.Equal(expected, Shipped.Find("Build", ".github/workflows/build.yml", [new("build", "build", ["ubuntu-latest", command])], null).Platforms);

    [Fact]
    public void M32_a_name_goes_before_contents_an_exception_before_both_and_a_person_before_all()
    {
        WorkflowJobWords[] gradle = [new("build", "build", ["./gradlew build"])];
        Assert.Equal(MobilePlatforms.Ios, Shipped.Find("iOS", "x.yml", gradle, null).Platforms);
        var rules = new MobileRules(new BuildRuleSet { NotNames = "^server" });
        Assert.Equal(MobilePlatforms.None, rules.Find("Server", "server.yml", gradle, null).Platforms);
        Assert.Equal(MobilePlatforms.Android, rules.Find("Server", "server.yml", gradle, MobilePlatforms.Android).Platforms);
        Assert.Equal(MobilePlatforms.None, rules.Find("iOS", "ios.yml", gradle, MobilePlatforms.None).Platforms);
    }

    [Fact]
    public void M32_a_job_is_told_by_its_name_and_else_by_its_runner_and_commands()
    {
        WorkflowJobWords[] file =
        [
            new("one", "Build ${{ matrix.flavour }}", ["macos-15", "make"]), new("two", "two", ["ubuntu-latest", "./gradlew bundle"]), new("prepare", "prepare", ["ubuntu-latest", "npm ci"]),
        ];
        Assert.Equal(BuildPlatform.Ios, Shipped.PlatformOf("build-ios", file));
        Assert.Equal(BuildPlatform.Ios, Shipped.PlatformOf("Build store", file));
        Assert.Equal(BuildPlatform.Android, Shipped.PlatformOf("two (release)", file));
        Assert.Null(Shipped.PlatformOf("prepare", file));
        Assert.Null(Shipped.PlatformOf("unheard of", file));
    }
}
