using System.Net;

namespace WhatsAppBuffer.WhatsAppEventHandler.Connect;

/// <summary>A file on its way: written as it is read, so that no more than a buffer of it is ever in memory.</summary>
/// <param name="size">How many bytes there will be.</param>
/// <param name="write">Writes them.</param>
/// <param name="goesOn">Called whenever some have gone out.</param>
/// <param name="standstill">Ends it when none have for too long.</param>
internal sealed class AttachmentContent(long size, Func<Stream, CancellationToken, Task> write, Action goesOn, CancellationToken standstill) : HttpContent
{
    protected override bool TryComputeLength(out long length)
    {
        length = size;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, standstill);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        write(new Progress(stream, goesOn), standstill);

    private sealed class Progress(Stream inner, Action goesOn) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            goesOn();
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
