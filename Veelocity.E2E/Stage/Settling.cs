using Microsoft.Playwright;

namespace Veelocity.E2E.Stage;

/// <summary>When a page has come to rest, however long that takes.</summary>
internal static class Settling
{
    // Nothing is asked of the server, fonts are there, no transition runs, charts that came into sight are drawn (each in a task of its own,
    // after a frame), and the browser has shown the result.
    private const string Settle = """
        async () => {
          const frame = () => new Promise(requestAnimationFrame);
          const isBusy = () => document.documentElement.hasAttribute('data-waiting') || document.fonts.status !== 'loaded';
          const ends = ({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity;
          do {
            await document.fonts.ready;
            await Promise.allSettled(document.getAnimations().filter(ends).map(animation => animation.finished));
            await frame();
            await frame();
            await new Promise(done => setTimeout(done));
            await frame();
            await frame();
          } while (isBusy());
        }
        """;

    public static async Task SettleAsync(this IPage page)
    {
        try
        {
            await page.EvaluateAsync(Settle).WaitAsync(Patience.Most);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Never came to rest: {await page.StandingAsync()}");
        }
    }

    /// <summary>Waits until the page says that something is so.</summary>
    /// <param name="standing">Asks it, when that never comes, what is so instead.</param>
    public static async Task BecomesAsync(this IPage page, string condition, string standing)
    {
        try
        {
            await page.WaitForFunctionAsync(condition);
        }
        catch (TimeoutException)
        {
            var instead = await page.EvaluateAsync<string>(standing).WaitAsync(Patience.Autopsy);
            Assert.Fail($"{instead}; {await page.StandingAsync()}");
        }
    }
}
