using System.Globalization;
using System.Net;
using System.Text;

namespace Veelocity.Web.Platform.Mail;

/// <summary>What a mail says, once for both its forms: paragraphs, a button, and small print.</summary>
public sealed record Letter(string Subject, IReadOnlyList<string> Paragraphs, LetterButton? Button, string SmallPrint)
{
    public string Text()
    {
        var text = new StringBuilder();
        foreach (var paragraph in Paragraphs) text.Append(MailText.OneLine(paragraph)).Append("\n\n");
        if (Button is not null) text.Append(Button.Words).Append(":\n").Append(Button.Address.AbsoluteUri).Append("\n\n");
        return text.Append("-- \n").Append(MailText.OneLine(SmallPrint)).Append('\n').ToString();
    }

    public string Html()
    {
        var html = new StringBuilder($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>{Escaped(Subject)}</title></head>
            <body style="margin:0;padding:24px;background:#f6f8fb;color:#1c2733;font:16px/1.5 Inter,'Segoe UI',Helvetica,Arial,sans-serif">
            <div style="max-width:520px;margin:0 auto;padding:28px;background:#ffffff;border:1px solid #d9e0e8;border-radius:8px">
            <p style="margin:0 0 20px;font-weight:600;color:#1e3a5f">Veelocity</p>

            """);
        foreach (var paragraph in Paragraphs) html.Append("<p style=\"margin:0 0 16px\">").Append(Escaped(paragraph)).Append("</p>\n");
        if (Button is not null)
        {
            var address = Escaped(Button.Address.AbsoluteUri);
            html.Append(CultureInfo.InvariantCulture, $"""
                <p style="margin:24px 0"><a href="{address}" style="display:inline-block;padding:10px 18px;background:#1e3a5f;color:#ffffff;border-radius:6px;text-decoration:none;font-weight:600">{Escaped(Button.Words)}</a></p>
                <p style="margin:0 0 16px;font-size:14px;color:#54606d">If the button does not work, open this address:<br><a href="{address}" style="color:#1e3a5f;word-break:break-all">{address}</a></p>

                """);
        }
        return html.Append(CultureInfo.InvariantCulture, $"""
            <p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #d9e0e8;font-size:14px;color:#54606d">{Escaped(SmallPrint)}</p>
            </div></body></html>

            """).ToString();
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(MailText.OneLine(text));
}

/// <summary>The one thing to do about a mail.</summary>
public sealed record LetterButton(string Words, Uri Address);
