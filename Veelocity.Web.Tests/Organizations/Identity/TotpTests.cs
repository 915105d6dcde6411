using Veelocity.Web.Organizations.Identity;

namespace Veelocity.Web.Tests.Organizations.Identity;

public sealed class TotpTests
{
    // RFC 6238, appendix B, whose key is this text; the last six digits of its eight.
    private const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(seconds / 30, Totp.StepOf(Key, code, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_clock_may_be_off_by_half_a_minute(int off, bool fits) =>
        Assert.Equal(fits, Totp.StepOf(Key, "005924", DateTimeOffset.FromUnixTimeSeconds(1234567890 + off)) is not null);

    [Theory]
    [InlineData("")]
    [InlineData("00592")]
    [InlineData("0059240")]
    [InlineData("五五五五五五")]
    public void What_is_no_code_is_none(string code) => Assert.Null(Totp.StepOf(Key, code, DateTimeOffset.FromUnixTimeSeconds(1234567890)));
}
