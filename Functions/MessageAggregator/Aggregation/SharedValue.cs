using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>
/// A value that most conversations have in common, such as the business number: it is transcoded once and copied as long as it stays the same.
/// </summary>
internal sealed class SharedValue : IDisposable
{
    private readonly PooledBuffer _source = new(1_024);
    private readonly PooledBuffer _plain = new(1_024);
    private readonly Utf8JsonWriter _writer;

    public SharedValue() => _writer = new Utf8JsonWriter(_plain, ReadableJson.Options);

    /// <summary>The plain JSON of an attribute value; valid until the next call.</summary>
    public ReadOnlySpan<byte> Transcode(ReadOnlySpan<byte> attributeValue)
    {
        if (!attributeValue.SequenceEqual(_source.Written.Span))
        {
            _source.Clear();
            _source.Write(attributeValue);
            _plain.Clear();
            _writer.Reset();
            new ImageTranscoder(_writer, attributeValue).WriteOnlyValue();
            _writer.Flush();
        }

        return _plain.Written.Span;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _source.Dispose();
        _plain.Dispose();
    }
}
