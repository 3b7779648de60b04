using System.Collections.Concurrent;
using LocalAws.Delivery;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings.Filters;
using LocalAws.Lambda.EventSourceMappings.Queues;
using LocalAws.Lambda.EventSourceMappings.Shards;
using LocalAws.Lambda.Functions;
using LocalAws.Sqs;

namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>All event source mappings of a local cloud, from DynamoDB streams and SQS queues to functions.</summary>
/// <param name="account">Whose ARNs it mints.</param>
/// <param name="clock">The cloud's clock: all timing of mappings is by it.</param>
/// <param name="streams">Where the streams are read.</param>
/// <param name="queues">Where the queues are.</param>
/// <param name="functions">Where the functions are invoked.</param>
/// <param name="functionOf">A function by its name or ARN; throws <c>ResourceNotFoundException</c> where there is none.</param>
/// <param name="router">Takes records for on-failure destinations.</param>
/// <param name="options">Limits; AWS's own by default.</param>
public sealed class EventSourceMappingEngine(
    AwsAccount account,
    TimeProvider clock,
    IStreamSource streams,
    SqsEngine queues,
    IFunctionInvoker functions,
    Func<string, FunctionDefinition> functionOf,
    DeliveryRouter router,
    LambdaOptions? options = null) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, EventSourceMapping> _mappings = new();
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Raised after each call of a function for a stream, on the shard's own flow: handlers must be quick.</summary>
    public event Action<BatchHandedOver>? HandedOver;

    /// <summary>Raised after each call of a function for a queue, on the mapping's own flow, as <see cref="HandedOver"/>.</summary>
    public event Action<MessagesHandedOver>? MessagesHandedOver;

    /// <summary>Raised when an on-failure destination could not take a record: mapping id, ARN, error. The record is lost, as on AWS.</summary>
    public event Action<string, string, AwsException>? DeliveryFailed;

    /// <summary>Through this the events are raised.</summary>
    internal Observers Observers { get; init; } = new();

    /// <summary>All mappings.</summary>
    public IReadOnlyList<EventSourceMappingState> Mappings => [.. _mappings.Values.Select(m => m.State)];

    /// <summary>
    /// Whether nothing is waiting or being worked on: no record that was read from a stream, no message of a queue, delayed and invisible ones included. Open windows do not
    /// count: they may close minutes later.
    /// </summary>
    public bool IsIdle => _mappings.Values.All(m => m.IsIdle);

    /// <summary>Creates a mapping; it begins to read when its state becomes Enabled.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="AwsException">
    /// <c>InvalidParameterValueException</c>: a setting is out of range, not imitated, or the source or the function does not exist;
    /// <c>ResourceConflictException</c>: the pair is mapped already.
    /// </exception>
    public async Task<EventSourceMappingState> CreateAsync(EventSourceMappingSettings settings, CancellationToken cancellationToken = default)
    {
        string functionArn = await CheckAsync(settings, cancellationToken);
        await _one.WaitAsync(cancellationToken);
        try
        {
            RequireUnmapped(settings, functionArn);
            string id = Guid.NewGuid().ToString();
            var state = new EventSourceMappingState(
                id,
                account.Arn("lambda", $"event-source-mapping:{id}"),
                functionArn,
                settings,
                settings.Enabled ? "Creating" : "Disabled",
                settings.UserAction,
                clock.GetUtcNow(),
                "No records processed");
            var checkpoints = new ConcurrentDictionary<string, string>();
            var mapping = new EventSourceMapping(state, clock, m => NewRun(m, checkpoints), options?.MappingTransition ?? TimeSpan.Zero);
            _mappings[id] = mapping;
            mapping.Start();
            return state;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>One mapping.</summary>
    /// <param name="id">Its UUID.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public EventSourceMappingState Get(string id) => Find(id).State;

    /// <summary>The shards of a mapping; none when it reads no stream.</summary>
    /// <param name="id">Its UUID.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public IReadOnlyList<ShardStatus> GetShards(string id) => (Find(id).Run as MappingRun)?.Shards ?? [];

    /// <summary>The work of a queue's mapping; null when it receives from no queue, or was never enabled.</summary>
    /// <param name="id">Its UUID.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public QueueStatus? GetQueue(string id) => (Find(id).Run as QueueRun)?.Status;

    /// <summary>Changes a mapping: it stops and goes on behind its checkpoints. An open window's state is lost.</summary>
    /// <param name="id">Its UUID.</param>
    /// <param name="change">The new settings from the old; source and starting position stay as they are.</param>
    /// <exception cref="AwsException">As <see cref="CreateAsync"/>.</exception>
    public async Task<EventSourceMappingState> UpdateAsync(string id, Func<EventSourceMappingSettings, EventSourceMappingSettings> change)
    {
        EventSourceMapping mapping = Find(id);
        await _one.WaitAsync();
        try
        {
            EventSourceMappingSettings settings = change(mapping.State.Settings);
            return await mapping.UpdateAsync(settings, await CheckAsync(settings, CancellationToken.None), clock.GetUtcNow());
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Deletes a mapping; batches under way are not waited for.</summary>
    /// <param name="id">Its UUID.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public async Task<EventSourceMappingState> DeleteAsync(string id)
    {
        EventSourceMapping mapping = Find(id);
        await _one.WaitAsync();
        try
        {
            if (_mappings.TryRemove(id, out _))
            {
                await mapping.StopAsync("Deleting");
                mapping.Dispose();
            }

            return mapping.State;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Stops all mappings.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_mappings.Keys.Select(DeleteAsync));
        _one.Dispose();
    }

    private EventSourceMapping Find(string id) =>
        _mappings.TryGetValue(id, out EventSourceMapping? mapping)
            ? mapping
            : throw new AwsException("ResourceNotFoundException", "The resource you requested does not exist.", 404);

    /// <summary>Checks settings, and that what they name is there.</summary>
    /// <returns>The function's ARN.</returns>
    private async Task<string> CheckAsync(EventSourceMappingSettings settings, CancellationToken cancellationToken)
    {
        EventSourceMappingValidation.Validate(settings);
        FunctionDefinition function = FunctionOf(settings);
        if (settings is QueueMappingSettings)
        {
            RequireQueue(settings.EventSourceArn, function);
        }
        else
        {
            await RequireStreamAsync(settings.EventSourceArn, cancellationToken);
        }

        return account.Arn("lambda", $"function:{function.Name}");
    }

    private FunctionDefinition FunctionOf(EventSourceMappingSettings settings)
    {
        try
        {
            return functionOf(settings.FunctionName);
        }
        catch (AwsException e) when (e.Code == "ResourceNotFoundException")
        {
            throw new AwsException("InvalidParameterValueException", "Function does not exist");
        }
    }

    private void RequireQueue(string queueArn, FunctionDefinition function)
    {
        try
        {
            QueueAttributes queue = queues.SettingsOf(queues.NameOf(queueArn));
            if (queue.VisibilityTimeout < function.Timeout.TotalSeconds)
            {
                throw new AwsException(
                    "InvalidParameterValueException",
                    $"Queue visibility timeout: {queue.VisibilityTimeout} seconds is less than Function timeout: {Math.Ceiling(function.Timeout.TotalSeconds)} seconds");
            }
        }
        catch (AwsException e) when (e.Code == "QueueDoesNotExist")
        {
            throw new AwsException(
                "InvalidParameterValueException",
                $"Error occurred while ReceiveMessage. SQS Error Code: {SqsError.QueryCode(e.Code)}. SQS Error Message: {e.Message}");
        }
    }

    private async Task RequireStreamAsync(string streamArn, CancellationToken cancellationToken)
    {
        try
        {
            await streams.ListShardsAsync(streamArn, cancellationToken);
        }
        catch (AwsException e) when (e.Code == "ResourceNotFoundException")
        {
            throw new AwsException("InvalidParameterValueException", $"Stream not found: {streamArn}");
        }
    }

    private void RequireUnmapped(EventSourceMappingSettings settings, string functionArn)
    {
        if (_mappings.Values.FirstOrDefault(m => m.State.FunctionArn == functionArn && m.State.Settings.EventSourceArn == settings.EventSourceArn) is not { } existing)
        {
            return;
        }

        string function = functionArn.Split(':')[^1];
        string conflict = settings is QueueMappingSettings
            ? $"An event source mapping with SQS arn (\" {settings.EventSourceArn} \") and function (\" {function} \") already exists."
            : $"The event source arn (\" {settings.EventSourceArn} \") and function (\" {function} \") provided mapping already exists.";
        throw new AwsException("ResourceConflictException", $"{conflict} Please update or delete the existing mapping with UUID {existing.State.Id}", 409);
    }

    private IMappingRun NewRun(EventSourceMapping mapping, ConcurrentDictionary<string, string> checkpoints) => mapping.State.Settings switch
    {
        QueueMappingSettings settings => new QueueRun(NewContext(mapping, settings)),
        var settings => new MappingRun(NewContext(mapping, (StreamMappingSettings)settings), checkpoints, mapping.Problem),
    };

    private QueueContext NewContext(EventSourceMapping mapping, QueueMappingSettings settings) => new(
        mapping.State.Id,
        settings,
        queues.NameOf(settings.EventSourceArn),
        [.. settings.Filters.Select(QueueFilter.Parse)],
        queues,
        functions,
        clock,
        batch =>
        {
            mapping.Processed(batch.Error);
            Observers.Tell(MessagesHandedOver, observer => observer(batch));
        });

    private MappingContext NewContext(EventSourceMapping mapping, StreamMappingSettings settings) => new(
        mapping.State.Id,
        mapping.State.FunctionArn,
        settings,
        [.. settings.Filters.Select(FilterPattern.Parse)],
        streams,
        functions,
        router,
        clock,
        batch =>
        {
            mapping.Processed(batch.Error);
            Observers.Tell(HandedOver, observer => observer(batch));
        },
        (arn, error) => Observers.Tell(DeliveryFailed, observer => observer(mapping.State.Id, arn, error)));
}
