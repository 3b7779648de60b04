using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using LocalAws.Endpoint;

namespace LocalAws.Protocols;

/// <summary>
/// The form of a request in the query protocol, whose names spell a tree: <c>Attributes.entry.1.key=…</c>, <c>Entries.member.2.Id=…</c>. It is read along a
/// shape into the JSON that other protocols would have sent.
/// </summary>
internal sealed class QueryForm
{
    /// <summary>Each level keeps its whole name; a shape has seven at the most.</summary>
    private const int MaxLevels = 16;

    private readonly Node _root = new("");

    /// <exception cref="AwsException"><c>MalformedQueryString</c>: its escapes spell no UTF-8.</exception>
    public QueryForm(ReadOnlySpan<byte> form)
    {
        foreach (Range range in form.Split((byte)'&'))
        {
            ReadOnlySpan<byte> pair = form[range];
            int equals = pair.IndexOf((byte)'=');
            if (pair.Length > 0)
            {
                Add(Decode(equals < 0 ? pair : pair[..equals]), equals < 0 ? "" : Decode(pair[(equals + 1)..]));
            }
        }
    }

    /// <summary>The value of a parameter, without reading the form whole: it may be a megabyte long.</summary>
    public static string? ValueOf(ReadOnlySpan<byte> form, ReadOnlySpan<byte> name)
    {
        foreach (Range range in form.Split((byte)'&'))
        {
            if (form[range].StartsWith(name))
            {
                return Encoding.ASCII.GetString(form[range][name.Length..]);
            }
        }

        return null;
    }

    /// <summary>The form as the JSON of a shape.</summary>
    /// <param name="shape">Its members are the ones imitated.</param>
    /// <param name="refuse">Makes the error of a parameter that is not.</param>
    public JsonElement Read(JsonTypeInfo shape, Func<string, AwsException> refuse)
    {
        _root.Children.Remove("Action");
        _root.Children.Remove("Version");
        return AwsInput.Parse(JsonText.Bytes(writer => Write(writer, _root, shape, refuse)));
    }

    private static void Write(Utf8JsonWriter writer, Node node, JsonTypeInfo shape, Func<string, AwsException> refuse)
    {
        switch (shape.Kind)
        {
            case JsonTypeInfoKind.Object:
                writer.WriteStartObject();
                foreach ((string name, Node child) in node.Children)
                {
                    JsonPropertyInfo member = shape.Properties.FirstOrDefault(p => p.Name == name) ?? throw refuse(child.Path);
                    writer.WritePropertyName(name);
                    Write(writer, child, shape.Options.GetTypeInfo(member.PropertyType), refuse);
                }

                writer.WriteEndObject();
                break;
            case JsonTypeInfoKind.Dictionary:
                writer.WriteStartObject();
                WriteEntries(writer, node, shape.Options.GetTypeInfo(shape.ElementType!), refuse);
                writer.WriteEndObject();
                break;
            case JsonTypeInfoKind.Enumerable:
                writer.WriteStartArray();
                foreach (Node element in node.Elements("member", refuse))
                {
                    Write(writer, element, shape.Options.GetTypeInfo(shape.ElementType!), refuse);
                }

                writer.WriteEndArray();
                break;
            default:
                AwsInput.WriteText(writer, node.Children.Count == 0 ? node.Value : throw refuse(node.Children.Values.First().Path), shape.Type);
                break;
        }
    }

    private static void WriteEntries(Utf8JsonWriter writer, Node node, JsonTypeInfo value, Func<string, AwsException> refuse)
    {
        HashSet<string> keys = [];
        foreach (Node entry in node.Elements("entry", refuse))
        {
            (Node key, Node content) = entry.Entry(refuse);
            writer.WritePropertyName(keys.Add(key.Value) ? key.Value : throw refuse(key.Path));
            Write(writer, content, value, refuse);
        }
    }

    private void Add(string name, string value)
    {
        Node node = _root;
        string[] parts = name.Split('.', MaxLevels + 1);
        if (parts.Length > MaxLevels)
        {
            throw new AwsException("MalformedQueryString", $"The name of a parameter has more than {MaxLevels} parts.");
        }

        foreach (string part in parts)
        {
            string path = node.Path.Length == 0 ? part : $"{node.Path}.{part}";
            node = node.Children.TryGetValue(part, out Node? child) ? child : node.Children[part] = new Node(path);
        }

        node.Value = value;
    }

    private static string Decode(ReadOnlySpan<byte> text)
    {
        byte[] bytes = WebUtility.UrlDecodeToBytes(text.ToArray(), 0, text.Length)!;
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw new AwsException("MalformedQueryString", "The form contains text that is not valid UTF-8.");
    }

    private sealed class Node(string path)
    {
        public string Path => path;

        public string Value { get; set; } = "";

        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        /// <summary>The elements of a list or map in the order of their numbers.</summary>
        public IEnumerable<Node> Elements(string name, Func<string, AwsException> refuse)
        {
            if (Children.Values.FirstOrDefault(child => child.Path != $"{path}.{name}") is { } other)
            {
                throw refuse(other.Path);
            }

            return Children.Values.SelectMany(list => list.Children)
                .Select(element => (Number: int.TryParse(element.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw refuse(element.Value.Path), element.Value))
                .OrderBy(element => element.Number)
                .Select(element => element.Value);
        }

        /// <summary>An entry's key and value, whose names are written differently from map to map.</summary>
        public (Node Key, Node Value) Entry(Func<string, AwsException> refuse) => (
            Children.GetValueOrDefault("key") ?? Children.GetValueOrDefault("Name") ?? throw refuse(path),
            Children.Where(child => child.Key is not ("key" or "Name")).Select(child => child.Key is "value" or "Value" ? child.Value : throw refuse(child.Value.Path)).LastOrDefault(new Node(path)));
    }
}
