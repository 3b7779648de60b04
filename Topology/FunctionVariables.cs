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
    public static IReadOnlyList<string> OptionalFor(FunctionSpec function) => function switch
    {
        _ when function == FunctionSpecs.WhatsAppEventHandler => [Variables.LeaseSeconds, Variables.SendCourtesies],
        _ when function == FunctionSpecs.ConnectEventHandler => [Variables.LeaseSeconds],
        _ => [],
    };

    /// <summary>The handler's lease on a clock that is faster than life, in seconds: 30, down to the 6 that calls to Connect may take.</summary>
    /// <param name="speed">Seconds of the simulator's clock per real second.</param>
    public static string LeaseAt(double speed) => ((int)Math.Clamp(30 / speed, 6, 30)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Variables of <see cref="FunctionSpecs.OnRawMessages"/>.</summary>
    /// <param name="rawMessages">Name of the table of messages.</param>
    /// <param name="activeConnections">Name of the table of conversations.</param>
    /// <param name="retentionDays">Days until a message expires.</param>
    /// <param name="deadLetterQueueUrl">URL of the function's dead-letter queue.</param>
    /// <param name="answerStatusQueueUrl">URL of the queue of <see cref="FunctionSpecs.ConnectEventHandler"/>; null with <see cref="Wiring.Guide"/>, which has none.</param>
    public static IReadOnlyDictionary<string, string> OfOnRawMessages(
        string rawMessages, string activeConnections, int retentionDays, string deadLetterQueueUrl, string? answerStatusQueueUrl)
    {
        var variables = new Dictionary<string, string>
        {
            [Variables.RawMessagesTable] = rawMessages,
            [Variables.TableName] = activeConnections,
            [Variables.RetentionDays] = retentionDays.ToString(CultureInfo.InvariantCulture),
            [Variables.DeadLetterQueueUrl] = deadLetterQueueUrl,
        };
        if (answerStatusQueueUrl is not null)
        {
            variables[Variables.AnswerStatusQueueUrl] = answerStatusQueueUrl;
        }

        return variables;
    }

    /// <summary>Variables of <see cref="FunctionSpecs.MessageAggregator"/>.</summary>
    /// <param name="activeConnections">Name of the table.</param>
    /// <param name="wiring">How it reaches the event handler.</param>
    /// <param name="eventHandler">URL of the event handler's queue, or, with <see cref="Wiring.Guide"/>, the function's name.</param>
    /// <param name="configParameter">Name of the SSM parameter.</param>
    /// <param name="deadLetterQueueUrl">URL of the function's dead-letter queue.</param>
    /// <param name="release">What ends a burst.</param>
    public static IReadOnlyDictionary<string, string> OfMessageAggregator(
        string activeConnections, Wiring wiring, string eventHandler, string configParameter, string deadLetterQueueUrl, ReleaseChoice release) =>
        new Dictionary<string, string>
        {
            [Variables.ReleasePolicy] = release is ReleaseChoice.Quiet ? "quiet" : "window",
            [wiring is Wiring.Queues ? Variables.WakeUpQueueUrl : Variables.WhatsAppEventHandler] = eventHandler,
            [Variables.TableName] = activeConnections,
            [Variables.ConfigParamName] = configParameter,
            [Variables.DeadLetterQueueUrl] = deadLetterQueueUrl,
        };

    /// <summary>Variables of <see cref="FunctionSpecs.WhatsAppEventHandler"/>.</summary>
    /// <param name="activeConnections">Name of the table.</param>
    /// <param name="topicOut">ARN of <see cref="Topics.WhatsAppOut"/>.</param>
    /// <param name="configParameter">Name of the SSM parameter.</param>
    /// <param name="deadLetterQueueUrl">URL of the function's dead-letter queue.</param>
    /// <param name="wakeUpQueueUrl">URL of the function's queue; null with <see cref="Wiring.Guide"/>, which has none.</param>
    /// <param name="filesQueueUrl">URL of the function's queue for files; null with <see cref="Wiring.Guide"/>, which has none.</param>
    /// <param name="mediaBucket">Name of the bucket for customers' media.</param>
    /// <param name="chats">What may be chosen about chats.</param>
    public static IReadOnlyDictionary<string, string> OfWhatsAppEventHandler(
        string activeConnections, string topicOut, string configParameter, string deadLetterQueueUrl, string? wakeUpQueueUrl, string? filesQueueUrl, string mediaBucket, ChatDefaults chats)
    {
        ArgumentNullException.ThrowIfNull(chats);
        var variables = new Dictionary<string, string>
        {
            [Variables.TableName] = activeConnections,
            [Variables.TopicArn] = topicOut,
            [Variables.ConfigParamName] = configParameter,
            [Variables.MetaApiVersion] = MetaApi.DefaultVersion,
            [Variables.DeadLetterQueueUrl] = deadLetterQueueUrl,
            [Variables.MediaBucket] = mediaBucket,
            [Variables.MaxMessageCharacters] = chats.MaxMessageCharacters.ToString(CultureInfo.InvariantCulture),
        };
        if (wakeUpQueueUrl is not null && filesQueueUrl is not null)
        {
            variables[Variables.WakeUpQueueUrl] = wakeUpQueueUrl;
            variables[Variables.FilesQueueUrl] = filesQueueUrl;
        }

        if (chats.SendCourtesies is { } courtesies)
        {
            variables[Variables.SendCourtesies] = courtesies ? "yes" : "no";
        }

        return variables;
    }

    /// <summary>Variables of <see cref="FunctionSpecs.ConnectEventHandler"/>.</summary>
    /// <param name="activeConnections">Name of the table.</param>
    /// <param name="deadLetterQueueUrl">URL of the function's dead-letter queue.</param>
    public static IReadOnlyDictionary<string, string> OfConnectEventHandler(string activeConnections, string deadLetterQueueUrl) => new Dictionary<string, string>
    {
        [Variables.TableName] = activeConnections,
        [Variables.MetaApiVersion] = MetaApi.DefaultVersion,
        [Variables.DeadLetterQueueUrl] = deadLetterQueueUrl,
    };

    /// <summary>Variables of <see cref="FunctionSpecs.SendWhatsAppMessage"/>.</summary>
    /// <param name="activeConnections">Name of the table.</param>
    /// <param name="templateParameter">Name of the SSM parameter with the templates.</param>
    public static IReadOnlyDictionary<string, string> OfSendWhatsAppMessage(string activeConnections, string templateParameter) => new Dictionary<string, string>
    {
        [Variables.TableName] = activeConnections,
        [Variables.TemplateParamName] = templateParameter,
    };

    /// <summary>A function's variables where a simulator plays AWS, less those that say where it is.</summary>
    /// <param name="function">The function.</param>
    /// <param name="wiring">How functions are told of what they have to do.</param>
    /// <param name="release">What ends a burst.</param>
    /// <param name="topicOut">ARN of <see cref="Topics.WhatsAppOut"/>.</param>
    /// <param name="mediaBucket">Name of the bucket for customers' media.</param>
    /// <param name="urlOf">A queue's URL.</param>
    /// <param name="nameOf">A table's name in its home.</param>
    public static IReadOnlyDictionary<string, string> Of(
        FunctionSpec function, Wiring wiring, ReleaseChoice release, string topicOut, string mediaBucket, Func<string, Uri> urlOf, Func<TableSpec, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(urlOf);
        ArgumentNullException.ThrowIfNull(nameOf);
        string deadLetters = function.DeadLetterQueue is { } queue ? urlOf(queue).ToString() : "";
        FunctionSpec handler = FunctionSpecs.WhatsAppEventHandler;
        return function switch
        {
            _ when function == FunctionSpecs.OnRawMessages => OfOnRawMessages(
                nameOf(Tables.RawMessages), nameOf(Tables.ActiveConnections), RetentionSettings.DefaultDays, deadLetters,
                wiring is Wiring.Queues ? urlOf(FunctionSpecs.ConnectEventHandler.Queue!.Name).ToString() : null),
            _ when function == FunctionSpecs.MessageAggregator => OfMessageAggregator(
                nameOf(Tables.ActiveConnections), wiring, wiring is Wiring.Queues ? urlOf(handler.Queue!.Name).ToString() : handler.Name, Parameters.Config, deadLetters, release),
            _ when function == FunctionSpecs.ConnectEventHandler => OfConnectEventHandler(nameOf(Tables.ActiveConnections), deadLetters),
            _ when function == FunctionSpecs.SendWhatsAppMessage => OfSendWhatsAppMessage(nameOf(Tables.ActiveConnections), Parameters.Templates),
            _ => OfWhatsAppEventHandler(nameOf(Tables.ActiveConnections), topicOut, Parameters.Config, deadLetters,
                wiring is Wiring.Queues ? urlOf(function.Queue!.Name).ToString() : null,
                wiring is Wiring.Queues ? urlOf(function.FilesQueue!.Name).ToString() : null, mediaBucket, new ChatDefaults()),
        };
    }
}
