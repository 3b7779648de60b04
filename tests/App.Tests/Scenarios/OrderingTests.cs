using WhatsAppBuffer.Simulator.App.Scenarios;

namespace App.Tests.Scenarios;

public class OrderingTests
{
    [Theory]
    [InlineData(new int[0], new int[0])]
    [InlineData(new[] { 1, 2, 3 }, new[] { 0, 1, 2 })]
    [InlineData(new[] { 9, 1, 2, 3 }, new[] { 1, 2, 3 })]
    [InlineData(new[] { 1, 8, 2, 9, 3, 4 }, new[] { 0, 2, 4, 5 })]
    public void Keeps_the_longest_run_in_order(int[] values, int[] positions) => Assert.Equal(positions, Ordering.LongestRising(values));
}
