using Veelocity.Web.Platform.Mail;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>What the mails about an account say.</summary>
internal static class AccountLetters
{
    public static Letter Confirm(Uri link) => new(
        "Confirm your address for Veelocity",
        ["Somebody, most likely you, made an account on Veelocity with this address.", "Confirm that it is yours with the password that you chose."],
        new LetterButton("Confirm the address", link),
        "The link works for three days. If it was not you, ignore this mail: without your doing nobody can use the account.");

    public static Letter Taken(Uri forgotten) => new(
        "You have an account on Veelocity already",
        ["Somebody, most likely you, tried to make an account on Veelocity with this address. It has one, and nothing was changed.", "Sign in with the password that you have, or choose a new one."],
        new LetterButton("Choose a new password", forgotten),
        "If it was not you, ignore this mail. Whoever it was did not learn that you have an account.");

    public static Letter Reset(Uri link) => new(
        "Choose a new password for Veelocity",
        ["Somebody, most likely you, asked for a new password for your account on Veelocity."],
        new LetterButton("Choose a new password", link),
        "The link works once and for one hour. If it was not you, ignore this mail: your password stays as it is.");

    public static Letter PasswordChanged(Uri forgotten) => new(
        "Your password for Veelocity was changed",
        ["The password of your account on Veelocity was changed a moment ago, and everyone else who was signed in to it is signed out."],
        new LetterButton("It was not me", forgotten),
        "If it was you, there is nothing to do.");
}
