using System.Globalization;
using System.Text.Json;
using LocalAws.Endpoint;

namespace LocalAws.Lambda.Wire;

/// <summary>One page of a list; its marker is how many elements stand before the next.</summary>
internal static class ListPage
{
    private const int Largest = 10_000;

    /// <summary>Writes a page as an answer's members.</summary>
    /// <param name="name">What the list is called.</param>
    /// <param name="all">The whole list.</param>
    /// <param name="marker">Where the page before ended, or null.</param>
    /// <param name="maxItems">How many elements are wanted, or null.</param>
    /// <param name="size">The most that AWS puts on a page.</param>
    /// <param name="write">Writes an element.</param>
    public static Action<Utf8JsonWriter> Of<T>(string name, IReadOnlyList<T> all, string? marker, int? maxItems, int size, Action<Utf8JsonWriter, T> write)
    {
        if (maxItems is < 1 or > Largest)
        {
            throw Wrong($"MaxItems must be from 1 to {Largest}.");
        }

        int start = marker is null ? 0
            : int.TryParse(marker, NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given <= all.Count ? given
            : throw Wrong("Marker is none that an earlier answer gave.");
        int end = Math.Min(all.Count, start + Math.Min(maxItems ?? size, size));
        return writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray(name);
            foreach (T element in all.Take(start..end))
            {
                write(writer, element);
            }

            writer.WriteEndArray();
            if (end < all.Count)
            {
                writer.WriteString("NextMarker", end.ToString(CultureInfo.InvariantCulture));
            }

            writer.WriteEndObject();
        };
    }

    private static AwsException Wrong(string message) => new("InvalidParameterValueException", message);
}
