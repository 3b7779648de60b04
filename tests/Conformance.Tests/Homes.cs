using LocalAws.DynamoDb;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Storage;

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

    /// <summary>A test that needs it is skipped where it cannot be had; on CI, where <c>.ci/run</c> installs what it needs, it fails instead.</summary>
    internal Home DynamoDbLocal
    {
        get
        {
            Assert.False(_local is null && Environment.GetEnvironmentVariable("CI") == "true", _missing);
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
