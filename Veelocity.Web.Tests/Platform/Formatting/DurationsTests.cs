using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Tests.Platform.Formatting;

public sealed class DurationsTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(42, "42 s")]
    [InlineData(59.6, "1 min")]
    [InlineData(2700, "45 min")]
    [InlineData(3599, "1.0 h")]
    [InlineData(11520, "3.2 h")]
    [InlineData(35800, "9.9 h")]
    [InlineData(86_399, "1.0 d")]
    [InlineData(120_960, "1.4 d")]
    [InlineData(864_000, "10 d")]
    [InlineData(1_270_080, "2.1 wk")]
    public void One_unit_and_two_significant_figures(double seconds, string expected) =>
        Assert.Equal(expected, Durations.Short(seconds));

    [Theory]
    [InlineData(12, "12 s")]
    [InlineData(2_723, "45 min 23 s")]
    [InlineData(120_960, "1 d 9 h 36 min")]
    [InlineData(86_400, "1 d 0 h 0 min")]
    [InlineData(100_000_000, "1,157 d 9 h 47 min")]
    public void The_exact_value_names_every_unit_down_to_the_minute(double seconds, string expected) =>
        Assert.Equal(expected, Durations.Exact(seconds));

    [Fact]
    public void A_clamped_negative_reads_as_zero() => Assert.Equal("0 s", Durations.Exact(-3));
}
