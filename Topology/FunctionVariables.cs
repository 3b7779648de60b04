using System.Globalization;

namespace WhatsAppBuffer.Topology;

/// <summary>
/// The environment of each function, wherever it runs: the CDK app, the simulator and AppHost all take it from here. A test holds it against
/// what the functions' sources read.
/// </summary>
public static class FunctionVariables
{
    /// <summary>Variables that a function reads and that only some deployments give it: without them it takes its own default.</summary>
    /// <param name="function">The function.</param>
    public static IReadOnlyList<string> OptionalFor(FunctionSpec function) =>
        function == FunctionSpecs.WhatsAppEventHandler ? [Variables.LeaseSeconds] : function == FunctionSpecs.MessageAggregator ? [Variables.WakeUpQueueUrl] : [];

    /// <summary>The handler's lease on a clock that is faster than life, in seconds: 30, down to the 6 that calls to Connect may take.</summary>
    /// <param name="speed">Seconds of the simulator's clock per real second.</param>
    public static string LeaseAt(double speed) => ((int)Math.Clamp(30 / speed, 6, 30)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Variables of <see cref="FunctionSpecs.OnRawMessages"/>.</summary>
    /// <param name="rawMessages">Name of the table.</param>
    /// <param name="retentionDays">Days until a message expires.</param>
    public static IReadOnlyDictionary<string, string> OfOnRawMessages(string rawMessages, int retentionDays) => new Dictionary<string, string>
    {
        [Variables.RawMessagesTable] = rawMessages,
        [Variables.RetentionDays] = retentionDays.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Variables of <see cref="FunctionSpecs.MessageAggregator"/>.</summary>
    /// <param name="activeConnections">Name of the table.</param>
    /// <param name="eventHandler">Name of the event handler.</param>
    /// <param name="deadLetterQueueUrl">URL of the function's dead-letter queue.</param>
    public static IReadOnlyDictionary<string, string> OfMessageAggregator(string activeConnections, string eventHandler, string deadLetterQueueUrl) =>
        new Dictionary<string, string>
        {
            [Variables.WhatsAppEventHandler] = eventHandler,
            [Variables.TableName] = activeConnections,
            [Variables.DeadLetterQueueUrl] = deadLetterQueueUrl,
        };

    /// <summary>Variables of <see cref="FunctionSpecs.WhatsAppEventHandler"/>.</summary>
    /// <param name="activeConnections">Name of the table.</param>
    /// <param name="topicOut">ARN of <see cref="Topics.WhatsAppOut"/>.</param>
    /// <param name="configParameter">Name of the SSM parameter.</param>
    /// <param name="deadLetterQueueUrl">URL of the function's dead-letter queue.</param>
    /// <param name="chats">What may be chosen about chats.</param>
    public static IReadOnlyDictionary<string, string> OfWhatsAppEventHandler(
        string activeConnections, string topicOut, string configParameter, string deadLetterQueueUrl, ChatDefaults chats)
    {
        ArgumentNullException.ThrowIfNull(chats);
        return new Dictionary<string, string>
        {
            [Variables.TableName] = activeConnections,
            [Variables.TopicArn] = topicOut,
            [Variables.ConfigParamName] = configParameter,
            [Variables.MetaApiVersion] = MetaApi.DefaultVersion,
            [Variables.DeadLetterQueueUrl] = deadLetterQueueUrl,
            [Variables.MaxMessageCharacters] = chats.MaxMessageCharacters.ToString(CultureInfo.InvariantCulture),
            [Variables.SendCourtesies] = chats.SendCourtesies ? "yes" : "no",
        };
    }

    /// <summary>A function's variables where a simulator plays AWS, less those that say where it is.</summary>
    /// <param name="function">The function.</param>
    /// <param name="topicOut">ARN of <see cref="Topics.WhatsAppOut"/>.</param>
    /// <param name="deadLetterQueueUrl">URL of the function's dead-letter queue.</param>
    /// <param name="nameOf">A table's name in its home.</param>
    public static IReadOnlyDictionary<string, string> Of(FunctionSpec function, string topicOut, Uri deadLetterQueueUrl, Func<TableSpec, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(deadLetterQueueUrl);
        ArgumentNullException.ThrowIfNull(nameOf);
        return function switch
        {
            _ when function == FunctionSpecs.OnRawMessages => OfOnRawMessages(nameOf(Tables.RawMessages), RetentionSettings.DefaultDays),
            _ when function == FunctionSpecs.MessageAggregator => OfMessageAggregator(nameOf(Tables.ActiveConnections), FunctionSpecs.WhatsAppEventHandler.Name, deadLetterQueueUrl.ToString()),
            _ => OfWhatsAppEventHandler(nameOf(Tables.ActiveConnections), topicOut, Parameters.Config, deadLetterQueueUrl.ToString(), new ChatDefaults()),
        };
    }
}
