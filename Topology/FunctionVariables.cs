using System.Globalization;

namespace WhatsAppBuffer.Topology;

/// <summary>The functions' environment where a simulator plays AWS, whoever starts their processes.</summary>
public static class FunctionVariables
{
    /// <summary>A function's own variables, less those that say where AWS is.</summary>
    /// <param name="function">The function.</param>
    /// <param name="topicOut">ARN of <see cref="Topics.WhatsAppOut"/>.</param>
    /// <param name="deadLetterQueueUrl">URL of the function's dead-letter queue.</param>
    /// <param name="prefix">Put before the tables' names, as in a stack of one's own; null for none.</param>
    public static IReadOnlyDictionary<string, string> Of(FunctionSpec function, string topicOut, Uri deadLetterQueueUrl, string? prefix = null)
    {
        ArgumentNullException.ThrowIfNull(deadLetterQueueUrl);
        string NameOf(TableSpec table) => prefix is null ? table.Name : $"{prefix}_{table.Name}";
        return function switch
        {
            _ when function == FunctionSpecs.OnRawMessages => new Dictionary<string, string>
            {
                [Variables.RawMessagesTable] = NameOf(Tables.RawMessages),
                [Variables.RetentionDays] = RetentionSettings.DefaultDays.ToString(CultureInfo.InvariantCulture),
            },
            _ when function == FunctionSpecs.MessageAggregator => new Dictionary<string, string>
            {
                [Variables.WhatsAppEventHandler] = FunctionSpecs.WhatsAppEventHandler.Name,
                [Variables.TableName] = NameOf(Tables.ActiveConnections),
            },
            _ => new Dictionary<string, string>
            {
                [Variables.TableName] = NameOf(Tables.ActiveConnections),
                [Variables.TopicArn] = topicOut,
                [Variables.ConfigParamName] = Parameters.Config,
                [Variables.MetaApiVersion] = MetaApi.DefaultVersion,
                [Variables.DeadLetterQueueUrl] = deadLetterQueueUrl.ToString(),
            },
        };
    }
}
