namespace WhatsAppBuffer.ServiceDefaults.Logging;

/// <summary>
/// Stands for an exception whose words hold a phone number, with the number masked (<see cref="Masking"/>). What leaves a handler passes every logger by:
/// the runtime prints it, and puts its words into the answer and into the cause that X-Ray shows.
/// </summary>
public sealed class MaskedException : Exception
{
    private readonly string _text;

    private MaskedException(Exception original)
        : base($"{original.GetType().Name}: {Masking.Mask(original.Message)}")
    {
        (_text, StackTrace) = (Masking.Mask(original.ToString()), original.StackTrace is { } stack ? Masking.Mask(stack) : null);
    }

    /// <inheritdoc/>
    public override string? StackTrace { get; }

    /// <summary>The original's words, stack and causes, masked.</summary>
    public override string ToString() => _text;

    /// <summary>Runs a handler, outermost: reading of its event included.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>What the handler returned.</returns>
    /// <exception cref="MaskedException">The handler failed with words that hold a phone number. Any other exception comes as it is.</exception>
    public static async Task<TResult> InsteadAsync<TResult>(Func<Task<TResult>> handler)
    {
        try
        {
            return await handler();
        }
        catch (Exception e) when (Masking.Mask(e.ToString()) != e.ToString())
        {
            throw new MaskedException(e);
        }
    }
}
