using System.Text.Json;
using Amazon.Runtime.Internal.Util;

namespace Amazon.LimitedFeed;

/// <summary>Writing without ceremony: what is null is left out, as the SDK's marshallers do.</summary>
internal static class Utf8JsonWriterExtensions
{
    extension(Utf8JsonWriter json)
    {
        public void Text(string name, string value)
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }

        /// <summary>An idempotency token: made up when the caller gave none, once per call and the same for its retries.</summary>
        public void Token(string name, string value) => json.WriteString(name, value ?? Guid.NewGuid().ToString());

        public void Flag(string name, bool? value)
        {
            if (value is { } flag)
            {
                json.WriteBoolean(name, flag);
            }
        }

        public void Number(string name, long? value)
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
        }

        public void Blob(string name, MemoryStream value)
        {
            if (value is null)
            {
                return;
            }

            json.WritePropertyName(name);
            StringUtils.WriteBase64StringValue(json, value);
        }

        public void Texts(string name, List<string> values) => json.List(name, values, json.WriteStringValue);

        public void List<T>(string name, List<T> values, Action<T> write)
        {
            if (values is null)
            {
                return;
            }

            json.WriteStartArray(name);
            values.ForEach(write);
            json.WriteEndArray();
        }

        public void TextMap(string name, Dictionary<string, string> values) => json.Map(name, values, json.WriteStringValue);

        public void Map<T>(string name, Dictionary<string, T> values, Action<T> write)
        {
            if (values is null)
            {
                return;
            }

            json.WriteStartObject(name);
            foreach ((string key, T value) in values)
            {
                json.WritePropertyName(key);
                write(value);
            }

            json.WriteEndObject();
        }

        public void Object<T>(string name, T value, Action<Utf8JsonWriter, T> write)
            where T : class
        {
            if (value is null)
            {
                return;
            }

            json.WritePropertyName(name);
            json.Object(value, write);
        }

        public void Object<T>(T value, Action<Utf8JsonWriter, T> write)
        {
            json.WriteStartObject();
            write(json, value);
            json.WriteEndObject();
        }
    }
}
