using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WhatsAppBuffer.Simulator.App.Words;

/// <summary>
/// Says what is wrong with JSON that somebody wrote by hand, in the words of the JSON: line, member, what it takes. Stricter than the serializer:
/// no member that the type does not have, no number as text, no null where there must be something, names spelled as they are.
/// </summary>
internal static class JsonWords
{
    /// <param name="json">UTF-8.</param>
    /// <param name="type">What it is to be.</param>
    /// <param name="ignored">A member of the outermost object that is nobody's.</param>
    /// <returns>A clause without its full stop, such as <c>line 4: unknown member 'txt' in messages[0]; did you mean 'text'?</c>; null when nothing is wrong.</returns>
    public static string? Problem(ReadOnlySpan<byte> json, JsonTypeInfo type, string? ignored = null)
    {
        try
        {
            var check = new Check(json, type.Options, ignored);
            return check.Document(type);
        }
        catch (JsonException e)
        {
            string reason = e.Message.Split(" LineNumber:")[0].TrimEnd('.');
            return $"line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: this is not JSON ({reason})";
        }
    }

    private ref struct Check(ReadOnlySpan<byte> json, JsonSerializerOptions options, string? ignored)
    {
        private readonly ReadOnlySpan<byte> _json = json;
        private Utf8JsonReader _reader = ForeignJson.Reader(json, new JsonReaderOptions { CommentHandling = options.ReadCommentHandling, AllowTrailingCommas = options.AllowTrailingCommas });

        public string? Document(JsonTypeInfo type)
        {
            _reader.Read();
            string? problem = Value(type, "", isNullable: false);
            if (problem is null)
            {
                // Nothing may follow: throws when something does.
                _reader.Read();
            }

            return problem;
        }

        private string? Value(JsonTypeInfo type, string path, bool isNullable)
        {
            if (_reader.TokenType == JsonTokenType.Null)
            {
                return isNullable ? null : Wrong(type, path);
            }

            return type.Kind switch
            {
                JsonTypeInfoKind.Object => Members(type, path),
                JsonTypeInfoKind.Enumerable => Elements(type, path),
                JsonTypeInfoKind.Dictionary => Entries(type, path),
                _ => Leaf(type, path),
            };
        }

        private string? Members(JsonTypeInfo type, string path)
        {
            if (_reader.TokenType != JsonTokenType.StartObject)
            {
                return Wrong(type, path);
            }

            string line = Line();
            List<JsonPropertyInfo> missing = [.. type.Properties.Where(IsRequired)];
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
            {
                string name = _reader.GetString()!;
                JsonPropertyInfo? member = type.Properties.FirstOrDefault(property => property.Name == name);
                if (member is null && !(path.Length == 0 && name == ignored))
                {
                    string where = path.Length == 0 ? "" : $" in {path}";
                    string suggestion = Suggestion.For(name, type.Properties.Select(property => property.Name));
                    return $"{Line()}unknown member '{name}'{where}{(suggestion.Length > 0 ? suggestion : $"; there are {string.Join(", ", type.Properties.Select(property => property.Name))}")}";
                }

                _reader.Read();
                if (member is null)
                {
                    _reader.Skip();
                    continue;
                }

                missing.Remove(member);
                bool isNullable = member.PropertyType.IsValueType ? Nullable.GetUnderlyingType(member.PropertyType) is not null : member.IsSetNullable;
                string inner = path.Length == 0 ? name : $"{path}.{name}";
                if (Value(options.GetTypeInfo(Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType), inner, isNullable) is { } problem)
                {
                    return problem;
                }
            }

            return missing.Count == 0 ? null : $"{line}'{missing[0].Name}' is missing{(path.Length == 0 ? "" : $" in {path}")}";
        }

        private string? Elements(JsonTypeInfo type, string path)
        {
            if (_reader.TokenType != JsonTokenType.StartArray)
            {
                return Wrong(type, path);
            }

            JsonTypeInfo element = options.GetTypeInfo(type.ElementType!);
            for (int place = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; place++)
            {
                if (Value(element, $"{path}[{place}]", isNullable: false) is { } problem)
                {
                    return problem;
                }
            }

            return null;
        }

        private string? Entries(JsonTypeInfo type, string path)
        {
            if (_reader.TokenType != JsonTokenType.StartObject)
            {
                return Wrong(type, path);
            }

            JsonTypeInfo element = options.GetTypeInfo(type.ElementType!);
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
            {
                string name = _reader.GetString()!;
                _reader.Read();
                if (Value(element, $"{path}.{name}", isNullable: false) is { } problem)
                {
                    return problem;
                }
            }

            return null;
        }

        private string? Leaf(JsonTypeInfo type, string path)
        {
            JsonTokenType token = _reader.TokenType;
            bool fits = type.Type switch
            {
                var text when text == typeof(string) => token == JsonTokenType.String,
                var flag when flag == typeof(bool) => token is JsonTokenType.True or JsonTokenType.False,
                var choice when choice.IsEnum => token == JsonTokenType.String && NamesOf(choice).Contains(_reader.GetString()!),
                var whole when whole == typeof(int) => token == JsonTokenType.Number && _reader.TryGetInt32(out _),
                var whole when whole == typeof(long) => token == JsonTokenType.Number && _reader.TryGetInt64(out _),
                var number when number == typeof(double) => token == JsonTokenType.Number,
                var members when members == typeof(JsonObject) => token == JsonTokenType.StartObject,
                _ => true,
            };
            if (!fits)
            {
                return Wrong(type, path);
            }

            _reader.Skip();
            return null;
        }

        private readonly string Wrong(JsonTypeInfo type, string path)
        {
            string what = _reader.TokenType switch
            {
                JsonTokenType.String => $"the text \"{Shorten(_reader.GetString()!)}\"",
                JsonTokenType.Number => $"the number {Encoding.UTF8.GetString(_reader.ValueSpan)}",
                JsonTokenType.StartArray => "a list",
                JsonTokenType.StartObject => "an object",
                JsonTokenType.Null => "null",
                JsonTokenType.True => "true",
                _ => "false",
            };
            string suggestion = type.Type.IsEnum && _reader.TokenType == JsonTokenType.String ? Suggestion.For(_reader.GetString()!, NamesOf(type.Type)) : "";
            return $"{Line()}{(path.Length == 0 ? "it" : path)} is {what}; it takes {Takes(type)}{suggestion}";
        }

        private readonly string Line() => $"line {_json[..(int)_reader.TokenStartIndex].Count((byte)'\n') + 1}: ";
    }

    private static bool IsRequired(JsonPropertyInfo member) => member.IsRequired || member.AssociatedParameter is { IsMemberInitializer: false, HasDefaultValue: false };

    private static string Takes(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
        JsonTypeInfoKind.Enumerable => "a list",
        _ => type.Type switch
        {
            var choice when choice.IsEnum => string.Join(" or ", NamesOf(choice)),
            var flag when flag == typeof(bool) => "true or false",
            var whole when whole == typeof(int) || whole == typeof(long) => "a whole number",
            var number when number == typeof(double) => "a number",
            var members when members == typeof(JsonObject) => "an object",
            _ => "a text",
        },
    };

    private static IEnumerable<string> NamesOf(Type choice) => choice.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(field.Name));

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
