namespace Veelocity.Simulator.Seeding;

/// <summary>What the files of workflows say.</summary>
internal static class WorkflowText
{
    public const string Ios = """
        name: iOS build
        on: [push, pull_request]
        jobs:
          build-ios:
            runs-on: macos-15
            steps:
              - uses: actions/checkout@v4
              - uses: maxim-lobanov/setup-xcode@v1
              - name: Install pods
                run: pod install --project-directory=ios
              - name: Build
                run: |
                  set -o pipefail
                  xcodebuild -workspace Shop.xcworkspace -scheme Shop archive | xcpretty
              - name: Upload to TestFlight
                run: bundle exec fastlane ios beta
        """;

    public const string Android = """
        name: Android build
        on: [push, pull_request]
        jobs:
          build-android:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - uses: actions/setup-java@v4
              - name: Assemble
                run: ./gradlew assembleRelease --no-daemon
              - name: Unit tests
                run: ./gradlew testReleaseUnitTest
        """;

    public const string Both = """
        name: Mobile CI
        on:
          schedule:
            - cron: "0 5 * * *"
        jobs:
          prepare:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - run: npm ci
          build-android:
            needs: prepare
            runs-on: ubuntu-latest
            steps:
              - run: ./gradlew bundleRelease
          build-ios:
            needs: prepare
            runs-on: macos-15
            steps:
              - run: bundle exec fastlane ios beta
        """;

    public static string Plain(string name) => $"""
        name: {name}
        on: [push, pull_request]
        jobs:
          build:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - run: npm ci
              - run: npm test
        """;
}
