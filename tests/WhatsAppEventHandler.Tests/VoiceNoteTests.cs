using System.Buffers.Binary;
using System.Text.Json;
using Concentus;
using Concentus.Enums;
using FsCheck;
using FsCheck.Xunit;
using Microsoft.Extensions.Logging.Abstractions;
using WhatsAppBuffer.WhatsAppEventHandler.Media;
using WhatsAppBuffer.WhatsAppEventHandler.Media.Voice;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;

namespace WhatsAppEventHandler.Tests;

/// <summary>Voice notes as WhatsApp sends them, as WAV; and whatever else a stranger calls one.</summary>
public class VoiceNoteTests
{
    private const int PreSkip = 312;

    [Fact]
    public async Task A_voice_note_is_a_wave_of_its_length_and_its_sound()
    {
        byte[] wav = await ConvertAsync(Ogg(seconds: 2));

        Assert.Equal(44 + (2 * 16_000 * 2), wav.Length);
        Assert.Equal("RIFF", System.Text.Encoding.ASCII.GetString(wav, 0, 4));
        Assert.Equal(wav.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(4)));
        Assert.Equal(16_000, BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(24)));
        Assert.InRange(PitchOf(wav), 430, 450);
    }

    [Fact]
    public async Task A_lost_page_costs_its_own_sound_and_no_more()
    {
        byte[][] pages = [.. Pages(seconds: 3)];
        byte[] damaged = [.. pages[3]];
        damaged[40] ^= 0xFF;

        byte[] wav = await ConvertAsync([.. pages[0], .. pages[1], .. pages[2], .. damaged, .. pages[4..].SelectMany(page => page)]);

        Assert.InRange(wav.Length, (2 * 16_000 * 2) - 2_000, 3 * 16_000 * 2);
        Assert.InRange(PitchOf(wav), 430, 450);
    }

    [Fact]
    public async Task However_pages_are_cut_it_is_the_same()
    {
        byte[] whole = await ConvertAsync(Ogg(seconds: 2));

        Assert.Equal(whole, await ConvertAsync(Ogg(seconds: 2, bytesOfPage: 255)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task What_is_no_voice_note_has_no_length(int length)
    {
        byte[] noise = new byte[length];
        new Random(length).NextBytes(noise);

        Assert.Null(await WaveStream.MeasureAsync(new MemoryStream(noise), CancellationToken.None));
    }

    [Fact]
    public async Task Words_that_begin_pages_and_hold_none_are_not_looked_at_for_ever()
    {
        byte[] hostile = [.. Enumerable.Range(0, 4_000_000).Select(i => (byte)"OggS\0"[i % 5])];

        Assert.Null(await WaveStream.MeasureAsync(new MemoryStream(hostile), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task What_cannot_be_decoded_is_a_line_and_no_failure()
    {
        var media = new Bucket([.. "OggS and nothing else"u8]);
        var files = new IncomingFiles(new VoiceNotes(media), FilesLane.Here, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
        CustomerFile file = VoiceFile();

        await files.FetchAsync(new FilesNeededException([file], TimeSpan.FromSeconds(20), since: null, isLate: false));

        Assert.Equal(new FileState(null, FileWords.NotAttached), files.StateOf(file));
    }

    [Fact]
    public async Task What_is_read_of_the_bucket_is_as_long_as_was_said()
    {
        var notes = new VoiceNotes(new Bucket(Ogg(seconds: 1)));

        StoredFile found = (await notes.FindAsync(VoiceFile(), TestContext.Current.CancellationToken))!;
        await using Stream wav = await notes.OpenAsync(found, TestContext.Current.CancellationToken);
        var bytes = new MemoryStream();
        await wav.CopyToAsync(bytes, TestContext.Current.CancellationToken);

        Assert.Equal((44 + (2 * 16_000), found.Size), (bytes.Length, bytes.Length));
    }

    [Property(MaxTest = 100)]
    public void Whatever_is_in_it_it_is_measured_and_written_as_measured(int seed)
    {
        var random = new Random(seed);
        byte[] ogg = Ogg(seconds: 1, bytesOfPage: random.Next(100, 4_000));
        for (int changes = random.Next(1, 40); changes > 0; changes--)
        {
            int at = random.Next(ogg.Length);
            ogg = random.Next(3) switch
            {
                0 => [.. ogg[..at], (byte)random.Next(256), .. ogg[at..]],
                1 => [.. ogg[..at], .. ogg[Math.Min(ogg.Length, at + random.Next(300))..]],
                _ => [.. ogg[..at], (byte)random.Next(256), .. ogg[Math.Min(ogg.Length, at + 1)..]],
            };
            ogg = ogg.Length == 0 ? [0] : ogg;
        }

        if (random.Next(2) == 0)
        {
            Mend(ogg);
        }

        if (WaveStream.MeasureAsync(new MemoryStream(ogg), CancellationToken.None).Result is { } size)
        {
            Assert.Equal(size, ReadAsync(ogg, size).Result.Length);
        }
    }

    internal static byte[] Ogg(int seconds, int bytesOfPage = 4_000) => [.. Pages(seconds, bytesOfPage).SelectMany(page => page)];

    private static CustomerFile VoiceFile()
    {
        using JsonDocument message = JsonDocument.Parse("""{"id":"wamid.1","type":"audio","audio":{"id":"1","mime_type":"audio/ogg; codecs=opus","voice":true}}""");
        return CustomerFile.Of(message.RootElement, "503#491", "phone-number-id-1", Texts.Languages["en"])!;
    }

    private static async Task<byte[]> ConvertAsync(byte[] ogg) => await ReadAsync(ogg, (await WaveStream.MeasureAsync(new MemoryStream(ogg), CancellationToken.None))!.Value);

    private static async Task<byte[]> ReadAsync(byte[] ogg, long size)
    {
        var wav = new MemoryStream();
        await using var stream = new WaveStream(new MemoryStream(ogg), size);
        await stream.CopyToAsync(wav, 777);
        return wav.ToArray();
    }

    /// <summary>A tone of 440 Hz.</summary>
    private static IEnumerable<byte[]> Pages(int seconds, int bytesOfPage = 4_000)
    {
        OpusCodecFactory.AttemptToUseNativeLibrary = false;
        IOpusEncoder encoder = OpusCodecFactory.CreateEncoder(48_000, 1, OpusApplication.OPUS_APPLICATION_VOIP);
        uint sequence = 0;
        yield return Page([[.. "OpusHead"u8, 1, 1, PreSkip & 0xFF, PreSkip >> 8, 0x80, 0xBB, 0, 0, 0, 0, 0]], 0, sequence++, first: true);
        yield return Page([[.. "OpusTags"u8, 0, 0, 0, 0, 0, 0, 0, 0]], 0, sequence++);
        List<byte[]> packets = [];
        short[] tone = new short[960];
        byte[] encoded = new byte[1275];
        long granule = 0;
        long end = PreSkip + (48_000L * seconds);
        while (granule < end)
        {
            for (int i = 0; i < tone.Length; i++)
            {
                tone[i] = (short)(8_000 * Math.Sin(2 * Math.PI * 440 * (granule + i) / 48_000));
            }

            packets.Add(encoded[..encoder.Encode(tone, 960, encoded, encoded.Length)]);
            granule = Math.Min(end, granule + 960);
            if (packets.Sum(packet => packet.Length + 1) > bytesOfPage || packets.Count == 200)
            {
                yield return Page(packets, granule, sequence++);
                packets.Clear();
            }
        }

        if (packets.Count > 0)
        {
            yield return Page(packets, granule, sequence);
        }
    }

    private static byte[] Page(IReadOnlyList<byte[]> packets, long granule, uint sequence, bool first = false)
    {
        byte[] lacing = [.. packets.SelectMany(packet => Enumerable.Repeat((byte)255, packet.Length / 255).Append((byte)(packet.Length % 255)))];
        byte[] page = [.. "OggS"u8, 0, (byte)(first ? 2 : 0), .. BitConverter.GetBytes(granule), 7, 0, 0, 0, .. BitConverter.GetBytes(sequence), 0, 0, 0, 0, (byte)lacing.Length, .. lacing, .. packets.SelectMany(packet => packet)];
        Seal(page);
        return page;
    }

    /// <summary>Checksums that are right again let what is wrong inside pass.</summary>
    private static void Mend(byte[] ogg)
    {
        for (int at = ogg.AsSpan().IndexOf("OggS"u8); at >= 0 && at + 27 <= ogg.Length;)
        {
            int segments = ogg[at + 26];
            int end = at + 27 + segments;
            for (int i = at + 27; i < Math.Min(at + 27 + segments, ogg.Length); i++)
            {
                end += ogg[i];
            }

            Seal(ogg.AsSpan(at, Math.Min(end, ogg.Length) - at));
            int next = ogg.AsSpan(at + 4).IndexOf("OggS"u8);
            at = next < 0 ? -1 : at + 4 + next;
        }
    }

    private static void Seal(Span<byte> page)
    {
        page[22..26].Clear();
        uint sum = 0;
        foreach (byte value in page)
        {
            sum ^= (uint)value << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & 0x8000_0000) != 0 ? (sum << 1) ^ 0x04C1_1DB7 : sum << 1;
            }
        }

        BinaryPrimitives.WriteUInt32LittleEndian(page[22..], sum);
    }

    private static double PitchOf(byte[] wav)
    {
        int crossings = 0;
        for (int i = 44 + 8_000; i + 2 < wav.Length - 2_000; i += 2)
        {
            crossings += BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(i)) < 0 && BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(i + 2)) >= 0 ? 1 : 0;
        }

        return crossings / ((wav.Length - 44 - 10_000) / 32_000.0);
    }

    private sealed class Bucket(byte[] content) : IMedia
    {
        public Task<StoredFile?> FindAsync(CustomerFile file, CancellationToken cancellationToken) => Task.FromResult<StoredFile?>(new StoredFile($"{file.Prefix}1.ogg", content.Length));

        public Task FetchAsync(CustomerFile file, CancellationToken cancellationToken) => throw new InvalidOperationException("It is there.");

        public Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellationToken) => Task.FromResult<Stream>(new MemoryStream(content));
    }
}
