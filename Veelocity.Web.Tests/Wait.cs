using System.Diagnostics;

namespace Veelocity.Web.Tests;

/// <summary>Waits for a condition, not for a time. Only a failing test waits until the deadline, so it is generous.</summary>
internal static class Wait
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    public static Task UntilAsync(Func<bool> isSo, Func<string> otherwise) => UntilAsync(() => Task.FromResult(isSo()), otherwise);

    public static Task UntilAsync(Func<Task<bool>> isSo, string otherwise) => UntilAsync(isSo, () => otherwise);

    /// <param name="otherwise">The failure message if the condition is never met.</param>
    public static async Task UntilAsync(Func<Task<bool>> isSo, Func<string> otherwise)
    {
        var started = Stopwatch.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(5); !await isSo(); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Deadline, otherwise());
            await Task.Delay(pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The result of a task, which must complete before the deadline.</summary>
    public static Task<T> OnAsync<T>(Task<T> one) => one.WaitAsync(Deadline, CancellationToken.None);

    public static Task OnAsync(Task one) => one.WaitAsync(Deadline, CancellationToken.None);

    /// <summary>The first result that is not null.</summary>
    public static async Task<T> ForAsync<T>(Func<Task<T?>> find, Func<string> otherwise)
        where T : class
    {
        T? found = null;
        await UntilAsync(async () => (found = await find()) is not null, otherwise);
        return found!;
    }
}
