using Microsoft.Playwright;

namespace Veelocity.E2E.Stage;

/// <summary>What a window is busy with, for the message of a failure.</summary>
internal static class Standing
{
    private const string Busy = """
        async () => {
          const name = e => e && e.localName + [e.id && `#${e.id}`, ...e.classList].filter(Boolean).join('.').replace('.#', '#');
          const motion = ({ animationName, transitionProperty, effect, playState }) =>
            `${animationName ?? transitionProperty} of ${name(effect?.target)} ${playState}`;
          const draws = await Promise.race([
            new Promise(drawn => requestAnimationFrame(() => drawn(true))),
            new Promise(missing => setTimeout(missing, 2000, false)),
          ]);
          return JSON.stringify({
            state: document.readyState,
            visibility: document.visibilityState,
            draws,
            waiting: [...document.querySelectorAll('[data-waiting], [aria-busy=true]')].map(name),
            fonts: [document.fonts.status, ...[...document.fonts].filter(font => font.status === 'loading').map(font => font.family)],
            motions: document.getAnimations().map(motion),
          });
        }
        """;

    public static async Task<string> StandingAsync(this IPage page)
    {
        try
        {
            return $"{page.Url}: {await page.EvaluateAsync<string>(Busy).WaitAsync(Patience.Autopsy)}";
        }
        catch (TimeoutException)
        {
            return $"{page.Url}: a script has kept the page busy for {Patience.Autopsy}";
        }
        catch (PlaywrightException lost)
        {
            return $"{page.Url}: {lost.Message}";
        }
    }
}
