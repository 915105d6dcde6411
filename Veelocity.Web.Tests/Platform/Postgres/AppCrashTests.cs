using Veelocity.Web.Platform.Postgres;

namespace Veelocity.Web.Tests.Platform.Postgres;

public sealed class AppCrashTests : IAsyncDisposable
{
    readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task An_app_that_was_killed_leaves_no_server_behind_and_starts_again()
    {
        await using (var app = StartApp())
        {
            await app.ReadyAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(Server());
            await app.KillAsync(TestContext.Current.CancellationToken);
        }

        await Wait.UntilAsync(() => Server() is null, () => "PostgreSQL outlived the app");
        await using var next = StartApp();
        await next.ReadyAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_server_left_running_by_a_killed_app_is_replaced()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finds the app's children in /proc");
        await using (var app = StartApp())
        {
            await app.ReadyAsync(TestContext.Current.CancellationToken);
            foreach (var guard in app.Children())
                guard.Kill();
            await app.KillAsync(TestContext.Current.CancellationToken);
        }

        var left = Server();
        Assert.NotNull(left);
        await using var next = StartApp();
        await next.ReadyAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(Server());
        Assert.NotEqual(left, Server());
    }

    [Fact]
    public async Task A_killed_server_comes_back_while_the_app_runs()
    {
        await using var app = StartApp();
        await app.ReadyAsync(TestContext.Current.CancellationToken);
        var killed = Server();
        using (var server = System.Diagnostics.Process.GetProcessById(killed!.Value))
            server.Kill();

        await Wait.UntilAsync(() => Server() is { } now && now != killed, () => app.Output);
        // Only then has the new server a guard that stops it with the app.
        await Wait.UntilAsync(() => app.Output.Contains("was started again", StringComparison.Ordinal), () => app.Output);
    }

    [Fact]
    public async Task A_second_app_on_the_same_data_directory_ends_with_one_sentence()
    {
        await using var first = StartApp();
        await first.ReadyAsync(TestContext.Current.CancellationToken);

        await using var second = StartApp();
        await second.EndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, second.ExitCode);
        Assert.Equal($"Veelocity cannot start. Veelocity is already running on the data directory {_folder.Path}: stop it, or give this one a folder of its own with Veelocity__DataDirectory.", second.Output);
    }

    public async ValueTask DisposeAsync()
    {
        await Wait.UntilAsync(() => Server() is null, () => "PostgreSQL outlived the app");
        _folder.Dispose();
    }

    AppProcess StartApp() => AppProcess.Start(("Veelocity__DataDirectory", _folder.Path));

    int? Server() => new PostmasterFile(_folder.Cluster).RunningProcess();
}
