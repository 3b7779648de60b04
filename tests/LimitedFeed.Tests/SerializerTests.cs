using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace WhatsAppBuffer.LimitedFeed.Tests;

public sealed class SerializerTests
{
    private static readonly SourceGeneratorLambdaJsonSerializer<EventContext> Serializer = new();

    [Theory]
    [InlineData("1700000000", 1700000000.0)]
    [InlineData("1700000000.25", 1700000000.25)]
    [InlineData("1700000000250", 1700000000.25)]
    [InlineData("\"2023-11-14T22:13:20.250Z\"", 1700000000.25)]
    public void A_time_is_text_or_seconds_or_milliseconds(string json, double secondsSinceTheEpoch)
    {
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(secondsSinceTheEpoch), Read<Sample>($$"""{"time":{{json}}}""").Time);
    }

    [Fact]
    public void Bytes_are_read_from_base64_or_numbers()
    {
        Assert.Equal([1, 2], Read<Sample>("""{"bytes":"AQI="}""").Bytes);
        Assert.Equal([1, 2], Read<Sample>("""{"bytes":[1,2]}""").Bytes);
    }

    [Fact]
    public void Null_members_are_not_written_and_names_stay_as_they_are()
    {
        Assert.Equal("""{"Text":"ñ<&>"}""", Write(new Sample { Text = "ñ<&>" }));
    }

    [Fact]
    public void Bytes_are_written_as_numbers_and_streams_as_base64()
    {
        var sample = new Sample { Bytes = [1, 2], Stream = new MemoryStream([1, 2]) };

        Assert.Equal("""{"Bytes":[1,2],"Stream":"AQI="}""", Write(sample));
    }

    [Fact]
    public void A_type_the_context_does_not_know_is_named_in_the_error()
    {
        var error = Assert.Throws<JsonSerializerException>(() => Read<Uri>("\"http://x\""));

        Assert.Contains("System.Uri", error.Message, StringComparison.Ordinal);
        Assert.Throws<JsonSerializerException>(() => Write(new Uri("http://x")));
    }

    [Fact]
    public void Malformed_input_is_a_serializer_error_that_names_the_type()
    {
        var error = Assert.Throws<JsonSerializerException>(() => Read<Sample>("{"));

        Assert.Contains(typeof(Sample).FullName!, error.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<JsonException>(error.InnerException);
    }

    [Fact]
    public void Options_can_be_customized()
    {
        var serializer = new SourceGeneratorLambdaJsonSerializer<EventContext>(
            options => options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        using var written = new MemoryStream();

        serializer.Serialize(new Sample { Text = "x" }, written);

        Assert.Equal("""{"text":"x"}""", Encoding.UTF8.GetString(written.ToArray()));
    }

    [Fact]
    public void The_reflecting_serializers_follow_the_same_rules()
    {
        using var written = new MemoryStream();

        new CamelCaseLambdaJsonSerializer().Serialize(new Sample { Text = "x" }, written);
        written.Position = 0;

        Assert.Equal("""{"text":"x"}""", Encoding.UTF8.GetString(written.ToArray()));
        Assert.Equal("x", new DefaultLambdaJsonSerializer().Deserialize<Sample>(written).Text);
    }

    private static T Read<T>(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return Serializer.Deserialize<T>(stream);
    }

    private static string Write<T>(T value)
    {
        using var stream = new MemoryStream();
        Serializer.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

internal sealed class Sample
{
    public string? Text { get; set; }

    public byte[]? Bytes { get; set; }

    public MemoryStream? Stream { get; set; }

    public DateTime? Time { get; set; }
}

[JsonSerializable(typeof(Sample))]
internal sealed partial class EventContext : JsonSerializerContext;
