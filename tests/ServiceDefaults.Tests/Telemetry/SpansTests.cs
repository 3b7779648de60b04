using System.Diagnostics;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.ServiceDefaults.Tests.Telemetry;

public sealed class SpansTests : IDisposable
{
    private const string First = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string Second = "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203332-01";
    private readonly ActivitySource _source = new(nameof(SpansTests));
    private ActivityListener? _listener;

    public void Dispose()
    {
        _listener?.Dispose();
        _source.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Work_on_messages_belongs_to_the_trace_of_the_first_one_whether_anybody_listens_or_not(bool listens)
    {
        Listen(listens);
        using Activity invocation = new Activity("invocation").Start();

        using Activity span = Process(First, Second);

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", span.TraceId.ToHexString());
        Assert.Equal("b7ad6b7169203331", span.ParentSpanId.ToHexString());
        Assert.Same(span, Activity.Current);
    }

    [Fact]
    public void Fan_in_is_links_to_every_message_and_to_the_invocation()
    {
        Listen();
        using Activity invocation = new Activity("invocation").Start();

        using Activity span = Process(First, Second);

        Assert.Equal(
            ["b7ad6b7169203331", "b7ad6b7169203332", invocation.SpanId.ToHexString()],
            span.Links.Select(link => link.Context.SpanId.ToHexString()));
    }

    [Fact]
    public void In_the_same_trace_the_invocation_is_the_parent()
    {
        Listen();
        using Activity invocation = new Activity("invocation").SetParentId(First).Start();

        using Activity span = Process(First);

        Assert.Equal(invocation.SpanId, span.ParentSpanId);
        Assert.Single(span.Links);
    }

    [Fact]
    public void Messages_without_context_are_worked_on_in_the_invocation()
    {
        Listen();
        using Activity invocation = new Activity("invocation").Start();

        using Activity span = Process();

        Assert.Equal(invocation.SpanId, span.ParentSpanId);
    }

    [Fact]
    public void The_span_has_the_conventions_names_and_no_phone_number()
    {
        Listen();

        using Activity span = Process(First);

        Assert.Equal("process raw_messages", span.DisplayName);
        Assert.Equal(ActivityKind.Consumer, span.Kind);
        Assert.Equal(
            ["messaging.destination.name", "messaging.message.conversation_id", "messaging.operation.name", "messaging.operation.type", "messaging.system"],
            span.TagObjects.Select(tag => tag.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("5491155551234", StringComparison.Ordinal));
    }

    private Activity Process(params string[] traceParents) =>
        _source.Process(Conventions.AwsDynamoDbStreams, "raw_messages", "106540352242922#5491155551234", TraceParents.Parse(traceParents));

    private void Listen(bool listens = true)
    {
        if (listens)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source == _source,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            };
            ActivitySource.AddActivityListener(_listener);
        }
    }
}
