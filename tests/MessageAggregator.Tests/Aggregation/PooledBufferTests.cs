using FsCheck.Xunit;
using WhatsAppBuffer.MessageAggregator.Aggregation;

namespace MessageAggregator.Tests.Aggregation;

public class PooledBufferTests
{
    [Property]
    public bool A_buffer_holds_what_was_written_however_it_grew(byte[][] pieces)
    {
        using var buffer = new PooledBuffer(1);
        foreach ((int index, byte[] piece) in pieces.Index())
        {
            if (index % 2 == 0)
            {
                buffer.Write(piece);
            }
            else
            {
                piece.CopyTo(buffer.GetMemory(piece.Length).Span);
                buffer.Advance(piece.Length);
            }
        }

        return buffer.Written.Span.SequenceEqual(pieces.SelectMany(piece => piece).ToArray());
    }

    [Fact]
    public void Who_does_not_say_how_much_gets_room_for_something()
    {
        using var buffer = new PooledBuffer(16);
        buffer.Write(new byte[buffer.GetSpan().Length]);

        Assert.False(buffer.GetSpan().IsEmpty);
        Assert.False(buffer.GetMemory().IsEmpty);
    }
}
