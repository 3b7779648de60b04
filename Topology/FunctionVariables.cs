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
    public static IReadOnlyList<string> OptionalFor(FunctionSpec function) => function == FunctionSpecs.WhatsAppEventHandler ? [Variables.LeaseSeconds] : [];

    /// <summary>The handler's lease on a clock that is faster than life, in seconds: 30, down to the 6 that calls to Connect may take.</summary>
    /// <param name="speed">Seconds of the simulator's clock per real second.</param>
    public static string LeaseAt(double speed) => ((int)Math.Clamp(30 / speed, 6, 30)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Variables of <see cref="FunctionSpecs.OnRawMessages"/>.</summary>
    /// <param name="rawMessages">Name of the table.</param>
    /// <param name="retentionDays">Days until a message expires.</param>
    /// <param name="deadLetterQueueUrl">URL of the function's dead-letter queue.</param>
    public static IReadOnlyDictionary<string, string> OfOnRawMessages(string rawMessages, int retentionDays, string deadLetterQueueUrl) => new Dictionary<string, string>
    {
        [Variables.RawMessagesTable] = rawMessages,
        [Variables.RetentionDays] = retentionDays.ToString(CultureInfo.InvariantCulture),
        [Variables.DeadLetterQueueUrl] = deadLetterQueueUrl,
    };

    /// <summary>Variables of <see cref="FunctionSpecs.MessageAggregator"/>.</summary>
    /// <param name="activeConnections">Name of the table.</param>
    /// <param name="wiring">How it reaches the event handler.</param>
    /// <param name="eventHandler">URL of the event handler's queue, or, with <see cref="Wiring.Guide"/>, the function's name.</param>
    /// <param name="deadLetterQueueUrl">URL of the function's dead-letter queue.</param>
    public static IReadOnlyDictionary<string, string> OfMessageAggregator(string activeConnections, Wiring wiring, string eventHandler, string deadLetterQueueUrl) =>
        new Dictionary<string, string>
        {
            [wiring is Wiring.Queues ? Variables.WakeUpQueueUrl : Variables.WhatsAppEventHandler] = eventHandler,
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
    /// <param name="wiring">How functions are told of what they have to do.</param>
    /// <param name="topicOut">ARN of <see cref="Topics.WhatsAppOut"/>.</param>
    /// <param name="urlOf">A queue's URL.</param>
    /// <param name="nameOf">A table's name in its home.</param>
    public static IReadOnlyDictionary<string, string> Of(
        FunctionSpec function, Wiring wiring, string topicOut, Func<string, Uri> urlOf, Func<TableSpec, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(urlOf);
        ArgumentNullException.ThrowIfNull(nameOf);
        string deadLetters = urlOf(function.DeadLetterQueue).ToString();
        FunctionSpec handler = FunctionSpecs.WhatsAppEventHandler;
        return function switch
        {
            _ when function == FunctionSpecs.OnRawMessages => OfOnRawMessages(nameOf(Tables.RawMessages), RetentionSettings.DefaultDays, deadLetters),
            _ when function == FunctionSpecs.MessageAggregator => OfMessageAggregator(
                nameOf(Tables.ActiveConnections), wiring, wiring is Wiring.Queues ? urlOf(handler.Queue!.Name).ToString() : handler.Name, deadLetters),
            _ => OfWhatsAppEventHandler(nameOf(Tables.ActiveConnections), topicOut, Parameters.Config, deadLetters, new ChatDefaults()),
        };
    }
}
