using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Initializes once, then takes one invocation after the other until cancelled. A handler's exception is reported and the loop goes on; a
/// failing Runtime API ends it.
/// </summary>
public class LambdaBootstrap : IDisposable
{
    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly LambdaBootstrapHandler _handler;
    private readonly LambdaBootstrapInitializer _initializer;
    private readonly LambdaBootstrapOptions _options;

    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(null, handler, null, initializer)
    {
    }

    public LambdaBootstrap(
        LambdaBootstrapHandler handler, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(null, handler, lambdaBootstrapOptions, initializer)
    {
    }

    public LambdaBootstrap(HttpClient httpClient, LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, handler, null, initializer)
    {
    }

    public LambdaBootstrap(HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(null, handlerWrapper.Handler, null, initializer)
    {
    }

    public LambdaBootstrap(
        HandlerWrapper handlerWrapper, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(null, handlerWrapper.Handler, lambdaBootstrapOptions, initializer)
    {
    }

    public LambdaBootstrap(HttpClient httpClient, HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, handlerWrapper.Handler, null, initializer)
    {
    }

    public LambdaBootstrap(
        HttpClient httpClient,
        HandlerWrapper handlerWrapper,
        LambdaBootstrapOptions lambdaBootstrapOptions,
        LambdaBootstrapInitializer initializer = null)
        : this(httpClient, handlerWrapper.Handler, lambdaBootstrapOptions, initializer)
    {
    }

    internal LambdaBootstrap(
        HttpClient http, LambdaBootstrapHandler handler, LambdaBootstrapOptions options, LambdaBootstrapInitializer initializer)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _ownsHttp = http is null;
        _http = http ?? ConstructHttpClient();
        _handler = handler;
        _options = options;
        _initializer = initializer;
    }

    public static HttpClient ConstructHttpClient()
    {
        // The Runtime API is a neighbour: never behind a proxy, no part of anybody's trace. Its /next blocks for as long as it likes.
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null };
        var http = new HttpClient(handler) { Timeout = TimeSpan.FromHours(12) };
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"aws-lambda-dotnet/{Environment.Version}-limited-feed");
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/json");
        return http;
    }

    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var api = new RuntimeApiClient(_http, RuntimeApiEndpoint(), TimeProvider.System);
        if (!await InitializeAsync(api, cancellationToken))
        {
            return;
        }

        string runOnce = Environment.GetEnvironmentVariable("AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE");
        bool once = "true".Equals(runOnce, StringComparison.OrdinalIgnoreCase);
        try
        {
            do
            {
                await InvokeOnceAsync(api, cancellationToken);
            }
            while (!once && !cancellationToken.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Cancelling is how a host ends the loop.
        }
    }

    public void Dispose()
    {
        if (_ownsHttp)
        {
            _http.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    private string RuntimeApiEndpoint()
    {
        string endpoint = _options?.RuntimeApiEndpoint;
        if (string.IsNullOrEmpty(endpoint))
        {
            endpoint = Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API");
        }

        return !string.IsNullOrEmpty(endpoint) ? endpoint : throw new InvalidOperationException(
            "AWS_LAMBDA_RUNTIME_API is not set. Lambda sets it; to run the function by hand, set it to the host:port of a Runtime API.");
    }

    private async Task<bool> InitializeAsync(RuntimeApiClient api, CancellationToken cancellationToken)
    {
        try
        {
            RefuseWhatIsNotImitated();
            return _initializer is null || await _initializer();
        }
        catch (Exception exception)
        {
            new LambdaConsoleLogger(requestId: null).LogUnhandled(exception);
            await api.ReportInitializationErrorAsync(exception, cancellationToken);
            throw;
        }
    }

    private static void RefuseWhatIsNotImitated()
    {
        const string Remedy = "needs the official Amazon.Lambda.RuntimeSupport package (see eng/limited-feed/README.md).";
        if (Environment.GetEnvironmentVariable("AWS_LAMBDA_INITIALIZATION_TYPE") is "snap-start")
        {
            throw new NotSupportedException($"SnapStart {Remedy}");
        }

        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AWS_LAMBDA_MAX_CONCURRENCY")))
        {
            throw new NotSupportedException($"AWS_LAMBDA_MAX_CONCURRENCY {Remedy}");
        }
    }

    private async Task InvokeOnceAsync(RuntimeApiClient api, CancellationToken cancellationToken)
    {
        using InvocationRequest invocation = await api.GetNextInvocationAsync(cancellationToken);
        string requestId = invocation.LambdaContext.AwsRequestId;
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.LambdaContext.TraceId);

        // What was accepted is answered even when the host is being stopped: hence no cancellation below.
        InvocationResponse response;
        try
        {
            response = await _handler(invocation);
        }
        catch (Exception exception)
        {
            new LambdaConsoleLogger(requestId).LogUnhandled(exception);
            await api.ReportInvocationErrorAsync(requestId, exception, CancellationToken.None);
            return;
        }

        try
        {
            await api.SendResponseAsync(requestId, response?.OutputStream, CancellationToken.None);
        }
        finally
        {
            if (response is { DisposeOutputStream: true, OutputStream: { } output })
            {
                await output.DisposeAsync();
            }
        }
    }
}
