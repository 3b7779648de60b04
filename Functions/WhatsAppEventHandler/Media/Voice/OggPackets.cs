using System.Buffers.Binary;

namespace WhatsAppBuffer.WhatsAppEventHandler.Media.Voice;

/// <summary>
/// Reads the packets of an Ogg stream (RFC 3533) and never holds more than a page and a packet. A stranger wrote it: a page that is damaged is passed over and its
/// neighbours are read, a packet that lacks a part is left out, nothing is longer than it may be, and after a number of damaged pages it is over.
/// </summary>
/// <param name="source">The bytes.</param>
internal sealed class OggPackets(Stream source)
{
    /// <summary>Of one Opus packet: 48 frames of 1,275 bytes (RFC 6716).</summary>
    public const int LongestPacket = 48 * 1275;

    private const int HeaderLength = 27;
    private const int LongestPage = HeaderLength + 255 + (255 * 255);
    private const int MostDamage = 100;
    private const byte Continued = 1;

    private static readonly uint[] Table = MakeTable();

    private readonly byte[] _bytes = new byte[LongestPage];
    private readonly byte[] _packet = new byte[LongestPacket];
    private int _have;
    private int _pageLength;
    private int _segments;
    private int _segment;
    private int _at;
    private int _length;
    private bool _isBroken;
    private int _damage;
    private uint? _serial;
    private uint _next;

    /// <summary>Of the page that the packet ended on: 48,000ths of a second; negative when the page has none.</summary>
    public long Granule { get; private set; }

    /// <summary>The next whole packet.</summary>
    /// <returns>Null at the end. Valid until the next call.</returns>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellationToken)
    {
        do
        {
            while (_segment < _segments)
            {
                if (TakeSegment() is { } packet)
                {
                    return packet;
                }
            }
        }
        while (await ReadPageAsync(cancellationToken));

        return null;
    }

    /// <returns>The packet that ends with the segment, if it is whole.</returns>
    private ReadOnlyMemory<byte>? TakeSegment()
    {
        int length = _bytes[HeaderLength + _segment++];
        _isBroken |= _length + length > LongestPacket;
        if (!_isBroken)
        {
            _bytes.AsSpan(_at, length).CopyTo(_packet.AsSpan(_length));
            _length += length;
        }

        _at += length;
        if (length == 255)
        {
            return null;
        }

        ReadOnlyMemory<byte>? packet = _isBroken ? null : _packet.AsMemory(0, _length);
        (_length, _isBroken) = (0, false);
        return packet;
    }

    private async ValueTask<bool> ReadPageAsync(CancellationToken cancellationToken)
    {
        Drop(_pageLength);
        while (_damage < MostDamage && await FillAsync(HeaderLength, cancellationToken))
        {
            int start = _bytes.AsSpan(0, _have).IndexOf("OggS"u8);
            if (start != 0)
            {
                // The last three bytes may be the begin of the word.
                Drop(start > 0 ? start : _have - 3);
                continue;
            }

            int segments = _bytes[26];
            if (await FillAsync(HeaderLength + segments, cancellationToken))
            {
                int length = HeaderLength + segments + Sum(_bytes.AsSpan(HeaderLength, segments));
                if (await FillAsync(length, cancellationToken) && _bytes[4] == 0 && Checksum(length) == BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(22)))
                {
                    Begin(segments, length);
                    return true;
                }
            }

            _damage++;
            Drop(1);
        }

        _pageLength = 0;
        return false;
    }

    /// <summary>Pages of other streams, which may stand between those of the first, have no segments for us.</summary>
    private void Begin(int segments, int length)
    {
        _pageLength = length;
        uint serial = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(14));
        if (serial != (_serial ??= serial))
        {
            (_segments, _segment) = (0, 0);
            return;
        }

        uint sequence = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(18));
        bool isContinued = (_bytes[5] & Continued) != 0;
        if (sequence != _next || !isContinued)
        {
            // What the page before left open does not end here, and what ends here began on a page that is lost.
            (_length, _isBroken) = (0, isContinued);
        }

        _next = sequence + 1;
        Granule = BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(6));
        (_segments, _segment, _at) = (segments, 0, HeaderLength + segments);
    }

    /// <returns>False when there are not so many bytes.</returns>
    private async ValueTask<bool> FillAsync(int want, CancellationToken cancellationToken)
    {
        while (_have < want)
        {
            int read = await source.ReadAsync(_bytes.AsMemory(_have, want - _have), cancellationToken);
            if (read == 0)
            {
                return false;
            }

            _have += read;
        }

        return true;
    }

    private void Drop(int length)
    {
        _bytes.AsSpan(length, _have - length).CopyTo(_bytes);
        _have -= length;
    }

    private static int Sum(ReadOnlySpan<byte> lengths)
    {
        int sum = 0;
        foreach (byte length in lengths)
        {
            sum += length;
        }

        return sum;
    }

    /// <summary>With its own field as zero.</summary>
    private uint Checksum(int length)
    {
        uint sum = 0;
        for (int i = 0; i < length; i++)
        {
            sum = (sum << 8) ^ Table[(byte)(sum >> 24) ^ (i is >= 22 and < 26 ? 0 : _bytes[i])];
        }

        return sum;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            table[i] = i << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                table[i] = (table[i] << 1) ^ ((table[i] >> 31) * 0x04C1_1DB7);
            }
        }

        return table;
    }
}
