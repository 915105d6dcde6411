using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Stage;

/// <summary>Someone who has never been here.</summary>
internal static class Newcomer
{
    /// <summary>From the welcome to an account whose address is confirmed by the link in the mail.</summary>
    public static async Task RegisterAndSignInAsync(RunningApp app, IPage page, string email)
    {
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Welcome to Veelocity" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();
        await page.GetByLabel("Full name").FillAsync("Grace Hopper");
        await page.GetByLabel("Email address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();

        await Expect(page.GetByText("We have sent you a mail")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Email address")).ToHaveValueAsync(email);
        await page.GotoAsync((await app.Mails.ReadAsync(email)).PathAndQuery);
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and sign in" }).ClickAsync();
    }
}
