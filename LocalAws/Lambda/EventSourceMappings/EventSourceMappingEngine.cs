using System.Collections.Concurrent;
using LocalAws.Delivery;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings.Filters;
using LocalAws.Lambda.EventSourceMappings.Shards;

namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>All event source mappings of a local cloud, from DynamoDB streams to functions.</summary>
/// <param name="account">Whose ARNs it mints.</param>
/// <param name="clock">The cloud's clock: all timing of mappings is by it.</param>
/// <param name="streams">Where the streams are read.</param>
/// <param name="functions">Where the functions are invoked.</param>
/// <param name="functionArnOf">A function's ARN by its name or ARN; throws <c>ResourceNotFoundException</c> where there is none.</param>
/// <param name="router">Takes records for on-failure destinations.</param>
/// <param name="options">Limits; AWS's own by default.</param>
public sealed class EventSourceMappingEngine(
    AwsAccount account,
    TimeProvider clock,
    IStreamSource streams,
    IFunctionInvoker functions,
    Func<string, string> functionArnOf,
    DeliveryRouter router,
    LambdaOptions? options = null) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, EventSourceMapping> _mappings = new();
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Raised after each call of a function, on the shard's own flow: handlers must be quick.</summary>
    public event Action<BatchHandedOver>? HandedOver;

    /// <summary>Raised when an on-failure destination could not take a record: mapping id, ARN, error. The record is lost, as on AWS.</summary>
    public event Action<string, string, AwsException>? DeliveryFailed;

    /// <summary>Through this the events are raised.</summary>
    internal Observers Observers { get; init; } = new();

    /// <summary>All mappings.</summary>
    public IReadOnlyList<EventSourceMappingState> Mappings => [.. _mappings.Values.Select(m => m.State)];

    /// <summary>Whether no record that was read is waiting or being worked on. Open windows do not count: they may close minutes later.</summary>
    public bool IsIdle => _mappings.Values.All(m => m.Shards.All(s => s.Waiting == 0));

    /// <summary>Creates a mapping; it begins to read when its state becomes Enabled.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="AwsException">
    /// <c>InvalidParameterValueException</c>: a setting is out of range, not imitated, or the stream does not exist; <c>ResourceNotFoundException</c>: the
    /// function does not; <c>ResourceConflictException</c>: the pair is mapped already.
    /// </exception>
    public async Task<EventSourceMappingState> CreateAsync(EventSourceMappingSettings settings, CancellationToken cancellationToken = default)
    {
        EventSourceMappingValidation.Validate(settings);
        string functionArn = functionArnOf(settings.FunctionName);
        await RequireStreamAsync(settings.EventSourceArn, cancellationToken);
        await _one.WaitAsync(cancellationToken);
        try
        {
            RequireUnmapped(settings, functionArn);
            string id = Guid.NewGuid().ToString();
            var state = new EventSourceMappingState(
                id, account.Arn("lambda", $"event-source-mapping:{id}"), functionArn, settings, "Creating", "User action", clock.GetUtcNow(), "No records processed");
            var mapping = new EventSourceMapping(state, NewContext, options?.MappingTransition ?? TimeSpan.Zero);
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

    /// <summary>The shards of a mapping.</summary>
    /// <param name="id">Its UUID.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public IReadOnlyList<ShardStatus> GetShards(string id) => Find(id).Shards;

    /// <summary>Changes a mapping: it stops and goes on behind its checkpoints. An open window's state is lost.</summary>
    /// <param name="id">Its UUID.</param>
    /// <param name="change">The new settings from the old; stream and starting position stay as they are.</param>
    /// <exception cref="AwsException">As <see cref="CreateAsync"/>.</exception>
    public async Task<EventSourceMappingState> UpdateAsync(string id, Func<EventSourceMappingSettings, EventSourceMappingSettings> change)
    {
        EventSourceMapping mapping = Find(id);
        await _one.WaitAsync();
        try
        {
            EventSourceMappingSettings settings = change(mapping.State.Settings);
            EventSourceMappingValidation.Validate(settings);
            await mapping.UpdateAsync(settings, functionArnOf(settings.FunctionName), clock.GetUtcNow());
            return mapping.State with { State = "Updating" };
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
        if (_mappings.Values.FirstOrDefault(m => m.State.FunctionArn == functionArn && m.State.Settings.EventSourceArn == settings.EventSourceArn) is { } existing)
        {
            throw new AwsException(
                "ResourceConflictException",
                $"The event source arn (\" {settings.EventSourceArn} \") and function (\" {functionArn.Split(':')[^1]} \") provided mapping already exists. "
                + $"Please update or delete the existing mapping with UUID {existing.State.Id}",
                409);
        }
    }

    private MappingContext NewContext(EventSourceMapping mapping, EventSourceMappingSettings settings) => new(
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
