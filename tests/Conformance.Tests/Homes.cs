using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Storage;
using WhatsAppBuffer.Simulator.DynamoDb;
using WhatsAppBuffer.Simulator.DynamoDb.Streams;
using WhatsAppBuffer.Simulator.Endpoint;

namespace WhatsAppBuffer.Conformance;

/// <summary>The embedded DynamoDB and Amazon's DynamoDB Local side by side; one of each for the whole run.</summary>
public sealed class Homes : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private readonly DynamoDbEngine _engine = new(new AwsAccount(), TimeProvider.System);
    private AwsEndpointHost? _host;
    private DynamoDbLocalProcess? _local;
    private string _missing = "";

    internal IStreamSource EmbeddedStreams => new EmbeddedStreamSource(_engine);

    internal Home Embedded => new("embedded", _host!.Uri, _http);

    internal Home DynamoDbLocal
    {
        get
        {
            Assert.SkipWhen(_local is null, _missing);
            return new Home("DynamoDB Local", _local.Uri, _http);
        }
    }

    public async ValueTask InitializeAsync()
    {
        _host = await AwsEndpointHost.StartAsync(new AwsEndpoint([new DynamoDbService(_engine), new DynamoDbStreamsService(_engine)]));
        try
        {
            DynamoDbLocalPackage package = await DynamoDbLocalPackage.GetPinnedAsync(CancellationToken.None);
            _local = await DynamoDbLocalProcess.StartAsync(package, TimeProvider.System, CancellationToken.None);
        }
        catch (UserErrorException e)
        {
            _missing = e.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_local is not null)
        {
            await _local.DisposeAsync();
        }

        await _host!.DisposeAsync();
        _engine.Dispose();
        _http.Dispose();
    }
}
