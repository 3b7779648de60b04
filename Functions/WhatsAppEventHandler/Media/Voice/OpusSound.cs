using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Concentus;

namespace WhatsAppBuffer.WhatsAppEventHandler.Media.Voice;

/// <summary>
/// The sound of an Ogg stream with Opus (RFC 7845), at 16,000 samples a second and one channel: what a voice needs. A stranger wrote it: what is damaged is left out, and what is no such stream has
/// no sound.
/// </summary>
/// <remarks>
/// Decoded at Opus's own 48,000 and then made fewer: Concentus 2.2.2 decodes hybrid packets, which phones send, to silence when it is asked for 16,000 at once.
/// </remarks>
internal static class OpusSound
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 16_000;

    private const int OpusRate = 48_000;

    /// <summary>120 ms, more than which no packet may have.</summary>
    private const int LongestPacket = OpusRate * 120 / 1000;

    /// <summary>0 to 10; from 5 on a voice loses nothing that anybody hears.</summary>
    private const int Quality = 5;

    /// <summary>The sound, packet by packet.</summary>
    /// <param name="ogg">The stream.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Pieces that are valid until the next one is asked for.</returns>
    public static async IAsyncEnumerable<SoundPiece> DecodeAsync(Stream ogg, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var packets = new OggPackets(ogg);
        if (await packets.NextAsync(cancellationToken) is not { } head || SkipIn(head.Span) is not { } skip)
        {
            yield break;
        }

        // Managed code runs on any processor, and the same bytes become the same sound everywhere: what is measured once is written so later.
        OpusCodecFactory.AttemptToUseNativeLibrary = false;
        IOpusDecoder decoder = OpusCodecFactory.CreateDecoder(OpusRate, 1);
        IResampler resampler = ResamplerFactory.CreateResampler(1, OpusRate, Rate, Quality);
        short[] decoded = new short[LongestPacket];
        short[] samples = new short[LongestPacket];
        int toSkip = skip;
        while (await packets.NextAsync(cancellationToken) is { } packet)
        {
            int length = Decode(decoder, packet.Span, decoded);
            int skipped = Math.Min(toSkip, length);
            toSkip -= skipped;
            int taken = length - skipped;
            int made = samples.Length;
            if (taken > 0)
            {
                resampler.Process(0, decoded.AsSpan(skipped, taken), ref taken, samples, ref made);
                long end = (packets.Granule - skip) / (OpusRate / Rate);
                yield return new SoundPiece(samples.AsMemory(0, made), end > 0 ? end : long.MaxValue);
            }
        }
    }

    /// <returns>Pre-skip, in 48,000ths of a second; null when it is not the head of an Opus stream of one or two channels.</returns>
    private static int? SkipIn(ReadOnlySpan<byte> head) =>
        head.Length >= 19 && head.StartsWith("OpusHead"u8) && head[8] < 16 && head[9] is 1 or 2 && head[18] == 0 ? BinaryPrimitives.ReadUInt16LittleEndian(head[10..]) : null;

    /// <returns>How many samples; none of tags and of packets that are not Opus.</returns>
    private static int Decode(IOpusDecoder decoder, ReadOnlySpan<byte> packet, short[] samples)
    {
        if (packet.IsEmpty || packet.StartsWith("OpusTags"u8))
        {
            return 0;
        }

        try
        {
            return Math.Max(0, decoder.Decode(packet, samples, LongestPacket, false));
        }
        catch (Exception damaged) when (damaged is OpusException or ArgumentException or IndexOutOfRangeException or OverflowException or InvalidOperationException)
        {
            return 0;
        }
    }
}

/// <summary>Some sound.</summary>
/// <param name="Samples">16 bits each.</param>
/// <param name="End">Where the stream says that it ends, in samples from its begin: what is behind it is padding. The largest number when it does not say.</param>
internal readonly record struct SoundPiece(ReadOnlyMemory<short> Samples, long End);
