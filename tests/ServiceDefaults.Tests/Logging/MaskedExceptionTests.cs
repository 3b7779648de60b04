using WhatsAppBuffer.ServiceDefaults.Logging;

namespace WhatsAppBuffer.ServiceDefaults.Tests.Logging;

public sealed class MaskedExceptionTests
{
    private const string Phone = "5491155551234";

    [Fact]
    public async Task No_part_of_what_leaves_a_handler_holds_a_phone_number()
    {
        var error = await Assert.ThrowsAsync<MaskedException>(() => MaskedException.InsteadAsync<int>(Handler));

        Assert.Equal("InvalidOperationException: No chat for ***1234.", error.Message);
        Assert.Contains(nameof(Handler), error.StackTrace, StringComparison.Ordinal);
        Assert.Contains("TimeoutException: ***1234 did not answer.", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Phone, $"{error} {error.Message} {error.StackTrace} {error.InnerException}", StringComparison.Ordinal);

        static async Task<int> Handler()
        {
            await Task.Yield();
            throw new InvalidOperationException($"No chat for {Phone}.", new TimeoutException($"{Phone} did not answer."));
        }
    }

    [Fact]
    public async Task A_handler_that_fails_before_it_is_a_task_is_masked_too()
    {
        await Assert.ThrowsAsync<MaskedException>(() => MaskedException.InsteadAsync<int>(() => throw new FormatException(Phone)));
    }

    [Fact]
    public async Task What_holds_no_phone_number_leaves_as_it_is()
    {
        var original = new TimeoutException("Too late.");

        Assert.Same(original, await Assert.ThrowsAsync<TimeoutException>(() => MaskedException.InsteadAsync<int>(() => throw original)));
        Assert.Equal(7, await MaskedException.InsteadAsync(() => Task.FromResult(7)));
    }
}
