using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WhatsAppBuffer.Benchmarks;

/// <summary>Time-window events as Lambda sends them to the aggregator.</summary>
internal static class StreamEvents
{
    /// <summary>One event with the records of <paramref name="customers"/> × <paramref name="messagesEach"/> texts, about 1.4 KB a record.</summary>
    public static byte[] Create(int customers, int messagesEach)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            for (int message = 0; message < messagesEach; message++)
            {
                for (int customer = 0; customer < customers; customer++)
                {
                    WriteRecord(json, customer, (message * customers) + customer);
                }
            }

            json.WriteEndArray();
            json.WriteRaw("window", """{"start":"2026-11-22T10:00:20Z","end":"2026-11-22T10:00:40Z"}""");
            json.WriteRaw("state", "{}");
            json.WriteString("shardId", "shardId-00000001700000000000-0a1b2c3d");
            json.WriteString("eventSourceARN", "arn:aws:dynamodb:us-east-1:123456789012:table/raw_messages/stream/2026-11-01T00:00:00.000");
            json.WriteBoolean("isFinalInvokeForWindow", false);
            json.WriteBoolean("isWindowTerminatedEarly", false);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteRecord(Utf8JsonWriter json, int customer, int position)
    {
        string phone = (14150000000L + customer).ToString(CultureInfo.InvariantCulture);
        string userId = $"US.a1B2c3D4e5F{customer:D4}";
        string id = $"wamid.{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{phone}-{position:D12}-3B38DB9339EC"))}";
        string timestamp = (1795285460 + (position / 100)).ToString(CultureInfo.InvariantCulture);
        string sequence = (400000000000000000000m + position).ToString(CultureInfo.InvariantCulture);
        const string Image = """
            {"from":{"S":"USERID"},"id":{"S":"MESSAGEID"},"from_user_id":{"S":"USERID"},"from_phone_number":{"S":"PHONE"},"timestamp":{"S":"TIMESTAMP"},
            "type":{"S":"text"},"text":{"M":{"body":{"S":"I would like to know what happened to my order number P12345, please."}}},
            "messaging_product":{"S":"whatsapp"},"field":{"S":"messages"},
            "metadata":{"M":{"display_phone_number":{"S":"56227607895"},"phone_number_id":{"S":"503650672828631"}}},
            "contact":{"M":{"profile":{"M":{"name":{"S":"Kike"}}},"user_id":{"S":"USERID"},"wa_id":{"S":"PHONE"}}},
            "context":{"M":{"MetaWabaIds":{"L":[{"M":{"wabaId":{"S":"509609192225796"},"arn":{"S":"arn:aws:social-messaging:us-east-1:123456789012:waba/fb2594b8a7974770b128a409e2example"}}}]},
            "MetaPhoneNumberIds":{"L":[{"M":{"metaPhoneNumberId":{"S":"503650672828631"},"arn":{"S":"arn:aws:social-messaging:us-east-1:123456789012:phone-number-id/976c72a700aac43eaf573ae050example"}}}]}}},
            "receivedAt":{"S":"2026-11-22T18:24:28.601Z"},"traceparent":{"S":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},"expiresAt":{"N":"1795890268"}}
            """;
        string image = Image.ReplaceLineEndings("").Replace("USERID", userId, StringComparison.Ordinal).Replace("MESSAGEID", id, StringComparison.Ordinal)
            .Replace("PHONE", phone, StringComparison.Ordinal).Replace("TIMESTAMP", timestamp, StringComparison.Ordinal);
        json.WriteRawValue($$$"""
            {"eventID":"{{{position:x32}}}","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"us-east-1","dynamodb":{"ApproximateCreationDateTime":1795285460.0,"Keys":{"from":{"S":"{{{userId}}}"},"id":{"S":"{{{id}}}"}},"NewImage":{{{image}}},"SequenceNumber":"{{{sequence}}}","SizeBytes":1080,"StreamViewType":"NEW_IMAGE"},"eventSourceARN":"arn:aws:dynamodb:us-east-1:123456789012:table/raw_messages/stream/2026-11-01T00:00:00.000"}
            """.ReplaceLineEndings(""));
    }

    private static void WriteRaw(this Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value);
    }
}
