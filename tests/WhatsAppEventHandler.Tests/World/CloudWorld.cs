using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;

namespace WhatsAppEventHandler.Tests.World;

/// <summary>Everything around the function: its table, Connect, WhatsApp, and Lambda, which invokes it as badly as it is allowed to.</summary>
internal sealed class CloudWorld
{
    private readonly SimulatedThread _thread;
    private readonly List<Task> _running = [];

    public CloudWorld(int seed = 1)
    {
        Random = new Random(seed);
        _thread = new SimulatedThread(Random);
        Connect = new FakeConnect(Clock);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero));

    public Random Random { get; }

    public CollectingLogger Logger { get; } = new();

    public FakeTable Table { get; } = new();

    public FakeConnect Connect { get; }

    public FakeMedia Media { get; } = new();

    /// <summary>How long End User Messaging takes for a media id.</summary>
    public Func<string, TimeSpan> FetchTime { get; set; } = _ => TimeSpan.FromMilliseconds(50);

    public List<DeadLetter> DeadLetters { get; } = [];

    public List<JsonElement> WhatsAppSends { get; } = [];

    public List<string> OriginationNumbers { get; } = [];

    public Exception? WhatsAppFailure { get; set; }

    public bool HasDeadLetterQueue { get; set; } = true;

    public WhatsAppEventHandlerOptions Environment { get; set; } = new() { TableName = "active_connections" };

    public string? SettingsJson { get; set; } = """{"instance_id":"i-1","contact_flow_id":"f-1","chat_duration_minutes":60,"ignore_reactions":"yes","ignore_stickers":"yes"}""";

    public TimeSpan TimeOut { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long half a call takes.</summary>
    public Func<TimeSpan> Latency { get; set; } = () => TimeSpan.FromMilliseconds(5);

    public Func<string, Trouble> Trouble { get; set; } = _ => World.Trouble.None;

    /// <summary>Puts an event into the outbox, as this project's aggregator does.</summary>
    public void Put(AggregatedEvent value) => Table.Put(EventJson.ToOutboxItem(value, Json(value)));

    public static string Json(AggregatedEvent value) => JsonSerializer.Serialize(value);

    /// <summary>Invokes the function once and waits for the outcome.</summary>
    public Exception? Invoke(AggregatedEvent value) => Invoke(Json(value));

    public Exception? Invoke(string json)
    {
        Task task = _thread.Start(() => new Sandbox(this).HandleAsync(json));
        RunUntil(() => task.IsCompleted);
        return task.Exception?.InnerException;
    }

    /// <summary>Puts the event into the outbox, then invokes the function once.</summary>
    public Exception? PutAndInvoke(AggregatedEvent value)
    {
        Put(value);
        return Invoke(value);
    }

    /// <summary>An asynchronous invocation with Lambda's retries, which starts some time from now.</summary>
    public void InvokeAsync(AggregatedEvent value, TimeSpan delay, int attempts = 3) => _running.Add(_thread.Start(async () =>
    {
        await Task.Delay(delay, Clock);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await new Sandbox(this).HandleAsync(Json(value));
                return;
            }
            catch (Exception) when (attempt < attempts)
            {
                await Task.Delay(TimeSpan.FromMinutes(attempt), Clock);
            }
        }
    }));

    /// <summary>Lets something happen in the middle.</summary>
    public void After(TimeSpan delay, Action happens) => _running.Add(_thread.Start(async () =>
    {
        await Task.Delay(delay, Clock);
        happens();
    }));

    /// <summary>Waits for all asynchronous invocations; gives the failures of those that used up their attempts.</summary>
    public IReadOnlyList<Exception> Settle()
    {
        RunUntil(() => _running.TrueForAll(task => task.IsCompleted));
        return [.. _running.Select(task => task.Exception?.InnerException).OfType<Exception>()];
    }

    public void SendWhatsApp(string number, byte[] message)
    {
        if (WhatsAppFailure is not null)
        {
            throw WhatsAppFailure;
        }

        OriginationNumbers.Add(number);
        WhatsAppSends.Add(JsonDocument.Parse(Encoding.UTF8.GetString(message)).RootElement.Clone());
    }

    private void RunUntil(Func<bool> done)
    {
        DateTimeOffset limit = Clock.GetUtcNow() + TimeSpan.FromHours(2);
        for (_thread.RunReady(); !done(); _thread.RunReady())
        {
            Assert.True(Clock.GetUtcNow() < limit, "the simulation does not come to an end");
            Clock.Advance(TimeSpan.FromMilliseconds(10));
        }
    }
}
