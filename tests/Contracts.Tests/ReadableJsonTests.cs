using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using WhatsAppBuffer.Contracts;

namespace Contracts.Tests;

public class ReadableJsonTests
{
    [Theory]
    [InlineData("¿Dónde está? Привет 你好 مرحبا")]
    [InlineData("👀 ✅ 👩‍👩‍👧‍👦 𝒳")]
    [InlineData("<a href='x'>&amp;+`</a> / \u007f \u2028 \ufeff \ufffd")]
    public void Letters_emoji_and_signs_stand_as_themselves(string text) => Assert.Equal($"\"{text}\"", Written(text));

    [Theory]
    [InlineData("\"quoted\"", @"\""quoted\""")]
    [InlineData("back\\slash", """back\\slash""")]
    [InlineData("a\nb\r\tc\b\f", """a\nb\r\tc\b\f""")]
    [InlineData("👀\uffff\ufffe", """👀\uffff\ufffe""")]
    [InlineData("\0\u001f", """\u0000\u001f""")]
    [InlineData("👀\n👀", """👀\n👀""")]
    public void What_JSON_demands_or_SQS_refuses_is_escaped(string text, string escaped) => Assert.Equal($"\"{escaped}\"", Written(text));

    /// <summary>No theory: what is no Unicode would not survive as the argument of an attribute.</summary>
    [Fact]
    public void Half_an_emoji_becomes_the_replacement_character()
    {
        (string Text, string Read)[] broken =
        [
            ("broken \ud83d", "broken \ufffd"), ("\udc40 broken", "\ufffd broken"), ("\udc40\ud83d\"👀", "\ufffd\ufffd\"👀"), ("👀\ud83d👀\n", "👀\ufffd👀\n"), ("\n\udc40", "\n\ufffd"),
        ];

        Assert.All(broken, it => Assert.Equal(it.Read, JsonSerializer.Deserialize<string>(Written(it.Text))));
    }

    [Theory]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x91 })]
    [InlineData(new byte[] { 0xFF, (byte)'"', 0xC3 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0xBD, (byte)'\n' })]
    public void Bytes_that_are_no_UTF_8_become_the_replacement_character(byte[] bytes)
    {
        string json = Written(writer => writer.WriteStringValue(bytes));

        Assert.Equal(Encoding.UTF8.GetString(bytes), JsonSerializer.Deserialize<string>(json));
    }

    [Fact]
    public void Every_character_comes_back_as_it_was_from_both_encodings()
    {
        foreach (int[] scalars in Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Chunk(1_000))
        {
            string text = string.Concat(scalars.Select(char.ConvertFromUtf32));
            string json = Written(text);

            Assert.Equal(text, JsonSerializer.Deserialize<string>(json));
            Assert.Equal(json, Written(writer => writer.WriteStringValue(Encoding.UTF8.GetBytes(text))));
        }
    }

    [Property]
    public void Any_text_is_valid_JSON_as_value_and_as_name(string?[] parts, int[] units)
    {
        string text = string.Concat(parts) + string.Concat(units.Select(unit => (char)unit));
        byte[] utf8 = Encoding.UTF8.GetBytes(text);

        string json = Written(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("value", text);
            writer.WriteString(text, "name");
            writer.WriteString("utf8"u8, utf8);
            writer.WriteEndObject();
        });

        using JsonDocument read = JsonDocument.Parse(json);
        string valid = Encoding.UTF8.GetString(utf8);
        Assert.Equal([("value", valid), (valid, "name"), ("utf8", valid)], read.RootElement.EnumerateObject().Select(member => (member.Name, member.Value.GetString()!)));
    }

    private static string Written(string text) => Written(writer => writer.WriteStringValue(text));

    private static string Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ReadableJson.Options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
