using Amazon.DynamoDBv2;
using Amazon.SQS;

namespace WhatsAppBuffer.Simulator.App.Fidelity;

/// <summary>A cloud on which recordings are replayed. What it created is deleted when it is disposed of.</summary>
internal interface IReplayCloud : IAsyncDisposable
{
    /// <summary>Time on this cloud.</summary>
    TimeProvider Clock { get; }

    IAmazonDynamoDB DynamoDb { get; }

    IAmazonSQS Sqs { get; }

    /// <summary>The name of a recording's table, queue and function there.</summary>
    string NameOf(Recording recording);

    /// <summary>Creates a table with a stream, a queue and a function for each recording.</summary>
    Task SetUpAsync(IReadOnlyList<Recording> recordings, CancellationToken cancellationToken);

    /// <summary>Begins to create the mappings.</summary>
    Task MapAsync(IReadOnlyList<Recording> recordings, CancellationToken cancellationToken);

    /// <summary>The state of each mapping that exists, by its function's name.</summary>
    Task<IReadOnlyDictionary<string, string>> MappingStatesAsync(CancellationToken cancellationToken);

    /// <summary>What a function wrote into its log, oldest first.</summary>
    Task<IReadOnlyList<WrittenLine>> LogAsync(Recording recording, CancellationToken cancellationToken);
}

/// <summary>A line of a log.</summary>
internal sealed record WrittenLine(DateTimeOffset At, string Text);
