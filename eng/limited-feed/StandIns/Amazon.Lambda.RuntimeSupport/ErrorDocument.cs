using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An exception as Lambda shows it to a caller: type, message, stack, and the same for what caused it.</summary>
internal static class ErrorDocument
{
    public static byte[] From(Exception exception)
    {
        using var document = new MemoryStream();
        using (var json = new Utf8JsonWriter(document))
        {
            Write(json, exception);
        }

        return document.ToArray();
    }

    public static void WriteMembers(Utf8JsonWriter json, Exception exception)
    {
        json.WriteString("errorType", exception.GetType().Name);
        json.WriteString("errorMessage", exception.Message);
        json.WriteStartArray("stackTrace");
        const StringSplitOptions Tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (string line in exception.StackTrace?.Split('\n', Tidy) ?? [])
        {
            json.WriteStringValue(line);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Exception exception)
    {
        json.WriteStartObject();
        WriteMembers(json, exception);
        if (exception.InnerException is { } cause)
        {
            json.WritePropertyName("cause");
            Write(json, cause);
        }

        if (exception is AggregateException aggregate)
        {
            json.WriteStartArray("causes");
            foreach (Exception inner in aggregate.InnerExceptions)
            {
                Write(json, inner);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
