using System.Globalization;

namespace WhatsAppBuffer.Topology;

/// <summary>The functions' environment where a simulator plays AWS, whoever starts their processes.</summary>
public static class FunctionVariables
{
    /// <summary>The handler's lease on a clock that is faster than life, in seconds: 30, down to the 6 that calls to Connect may take.</summary>
    /// <param name="speed">Seconds of the simulator's clock per real second.</param>
    public static string LeaseAt(double speed) => ((int)Math.Clamp(30 / speed, 6, 30)).ToString(CultureInfo.InvariantCulture);

    /// <summary>A function's own variables, less those that say where AWS is.</summary>
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
            _ when function == FunctionSpecs.OnRawMessages => new Dictionary<string, string>
            {
                [Variables.RawMessagesTable] = nameOf(Tables.RawMessages),
                [Variables.RetentionDays] = RetentionSettings.DefaultDays.ToString(CultureInfo.InvariantCulture),
            },
            _ when function == FunctionSpecs.MessageAggregator => new Dictionary<string, string>
            {
                [Variables.WhatsAppEventHandler] = FunctionSpecs.WhatsAppEventHandler.Name,
                [Variables.TableName] = nameOf(Tables.ActiveConnections),
            },
            _ => new Dictionary<string, string>
            {
                [Variables.TableName] = nameOf(Tables.ActiveConnections),
                [Variables.TopicArn] = topicOut,
                [Variables.ConfigParamName] = Parameters.Config,
                [Variables.MetaApiVersion] = MetaApi.DefaultVersion,
                [Variables.DeadLetterQueueUrl] = deadLetterQueueUrl.ToString(),
            },
        };
    }
}
