using System.Buffers.Binary;

namespace WhatsAppBuffer.WhatsAppEventHandler.Media.Voice;

/// <summary>
/// A voice note as WAV, which Connect takes and every browser plays, made while it is read: never in memory as a whole. To know its length it is decoded once before.
/// </summary>
internal sealed class WaveStream : Stream
{
    private const int HeaderLength = 44;

    /// <summary>20 MB, Connect's limit where it was not raised: 10.9 minutes.</summary>
    private const long MostSamples = ((20 * 1024 * 1024) - HeaderLength) / 2;

    private readonly Stream _ogg;
    private readonly CancellationTokenSource _end = new();
    private readonly IAsyncEnumerator<SoundPiece> _pieces;
    private byte[] _pending;
    private int _at;
    private int _length = HeaderLength;
    private long _left;

    /// <param name="ogg">The same stream that was measured; it is closed with this one.</param>
    /// <param name="size">Its measure: so many bytes are read, whatever is in the stream by now.</param>
    public WaveStream(Stream ogg, long size)
    {
        (_ogg, _left) = (ogg, size);
        _pieces = OpusSound.DecodeAsync(ogg, _end.Token).GetAsyncEnumerator(CancellationToken.None);
        _pending = Header((uint)(size - HeaderLength));
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>How long the WAV of a stream is, in bytes; null when the stream has no sound, or too much.</summary>
    public static async Task<long?> MeasureAsync(Stream ogg, CancellationToken cancellationToken)
    {
        long samples = 0;
        await foreach (SoundPiece piece in OpusSound.DecodeAsync(ogg, cancellationToken))
        {
            samples = Math.Min(samples + piece.Samples.Length, piece.End);
            if (samples > MostSamples)
            {
                return null;
            }
        }

        return samples > 0 ? HeaderLength + (2 * samples) : null;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        if (_at == _length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await NextAsync();
        }

        int read = (int)Math.Min(_left, Math.Min(_length - _at, buffer.Length));
        _pending.AsMemory(_at, read).CopyTo(buffer);
        _at += read;
        _left -= read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _pieces.DisposeAsync();
        await _ogg.DisposeAsync();
        _end.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>Silence where the stream has less than was measured.</summary>
    private async Task NextAsync()
    {
        bool hasMore = await _pieces.MoveNextAsync();
        ReadOnlyMemory<short> samples = hasMore ? _pieces.Current.Samples : new short[OpusSound.Rate / 100];
        if (_pending.Length < 2 * samples.Length)
        {
            _pending = new byte[2 * samples.Length];
        }

        for (int i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(_pending.AsSpan(2 * i), samples.Span[i]);
        }

        (_at, _length) = (0, 2 * samples.Length);
    }

    private static byte[] Header(uint length)
    {
        byte[] header = new byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), 36 + length);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(22), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(24), OpusSound.Rate);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(28), 2 * OpusSound.Rate);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), length);
        return header;
    }
}
