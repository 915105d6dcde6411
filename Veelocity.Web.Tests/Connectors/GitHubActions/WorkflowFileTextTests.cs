using Veelocity.Web.Connectors.GitHubActions;

namespace Veelocity.Web.Tests.Connectors.GitHubActions;

public sealed class WorkflowFileTextTests
{
    [Fact]
    public void A_file_is_known_by_its_jobs_runners_actions_and_the_beginnings_of_its_commands()
    {
        var jobs = WorkflowFileText.JobsOf("""
            name: Apps
            on:
              push:
            env:
              KEY: value
            jobs:
              # the first
              build-ios:
                name: "Build ${{ matrix.app }}"
                runs-on: macos-15
                steps:
                  - uses: actions/checkout@v4
                  - name: Build
                    run: |
                      set -o pipefail
                      xcodebuild -workspace Shop.xcworkspace PASSWORD=hunter2 | xcpretty
                      bundle exec fastlane ios beta --api-key abc123
                  - run: curl -H "Authorization: Bearer s3cret" https://example.com
              android:
                runs-on: [self-hosted, linux]
                steps:
                  - run: cd app && ./gradlew assembleRelease -Pkey=$KEY
            """);
        Assert.Equal([("build-ios", "Build ${{ matrix.app }}"), ("android", "android")], jobs.Select(job => (job.Key, job.Name)));
        Assert.Equal(["macos-15", "actions/checkout@v4", "set", "xcodebuild", "xcpretty", "bundle exec fastlane ios", "curl"], jobs[0].Words);
        Assert.Equal(["[self-hosted, linux]", "cd app", "./gradlew assembleRelease"], jobs[1].Words);
    }

    [Theory]
    [InlineData("")]
    [InlineData("jobs:")]
    [InlineData("jobs: {a: {runs-on: x}}")]
    [InlineData("not yaml at all\n\t:::")]
    public void What_cannot_be_read_has_no_jobs(string text) => Assert.Empty(WorkflowFileText.JobsOf(text));
}
