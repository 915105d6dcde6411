using System.Text;
using System.Text.Json;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Tests.Connectors.Http;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""{"a":"Pay\u0000ment"}""", "Payment")]
    [InlineData("""{"a":"\u0000"}""", "")]
    [InlineData("""{"a":"cut \ud83d"}""", "cut ")]
    [InlineData("""{"a":"cut \uDE00 here"}""", "cut  here")]
    [InlineData("""{"a":"\ud83d\ud83d\ude00"}""", "😀")]
    [InlineData("""{"a":"\ud83d\ude00 \\u0000 \\\ud83d \u00e9\n"}""", "😀 \\u0000 \\ é\n")]
    [InlineData("""{"a":"nothing to drop: 😀 \"é\" \\"}""", "nothing to drop: 😀 \"é\" \\")]
    public void Text_loses_only_what_no_text_may_hold(string json, string expected) => Assert.Equal(expected, TextIn(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Raw_zeros_and_encoded_surrogates_are_dropped()
    {
        byte[] json = [.. "{\"a\":\"x"u8, 0x00, 0xED, 0xA0, 0xBD, .. "\ud7ff\"}"u8];
        Assert.Equal("x\ud7ff", TextIn(json));
    }

    [Fact]
    public void Clean_text_is_not_copied()
    {
        ReadOnlyMemory<byte> json = """{"a":"\\ \ud83d\ude00"}"""u8.ToArray();
        Assert.True(JsonText.Clean(json).Span == json.Span);
    }

    private static string? TextIn(byte[] json)
    {
        using var document = JsonText.Parse(json);
        return document.RootElement.GetProperty("a").GetString();
    }
}
