using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

// Endpoints, regions and the Runtime API are read from environment variables, which belong to the whole process.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace WhatsAppBuffer.LimitedFeed.Tests;

/// <summary>A request as it came over the wire.</summary>
internal sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The value of a header, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>What the server answers.</summary>
internal sealed record Answer(int Status, string Body = "", params (string Name, string Value)[] Headers)
{
    public static Answer Json(string body, params (string Name, string Value)[] headers) =>
        new(200, body, [("Content-Type", "application/json"), .. headers]);

    public static Answer Error(int status, string code, string message = "No.") =>
        new(status, $$"""{"message":"{{message}}"}""", ("x-amzn-ErrorType", code), ("x-amzn-RequestId", "request-1"));
}

/// <summary>A real HTTP server on a loopback port that records what it gets and answers what the test says.</summary>
internal sealed class Loopback : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _requests = new();

    private Loopback(Func<Received, CancellationToken, Task<Answer>> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(async context =>
        {
            Received received = await ReceiveAsync(context);
            _requests.Enqueue(received);
            Answer response = await answer(received, context.RequestAborted);
            context.Response.StatusCode = response.Status;
            foreach ((string name, string value) in response.Headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.WriteAsync(response.Body, context.RequestAborted);
        });
    }

    public string Url =>
        _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    public IReadOnlyList<Received> Requests => [.. _requests];

    /// <summary>The one request there must have been.</summary>
    public Received Request => Assert.Single(_requests);

    /// <summary>Answers in turn; the last answer is repeated.</summary>
    public static Task<Loopback> StartAsync(params Answer[] answers)
    {
        var rest = new ConcurrentQueue<Answer>(answers);
        return StartAsync((_, _) => Task.FromResult(rest.Count > 1 && rest.TryDequeue(out Answer? next) ? next : answers[^1]));
    }

    public static async Task<Loopback> StartAsync(Func<Received, CancellationToken, Task<Answer>> answer)
    {
        var server = new Loopback(answer);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<Received> ReceiveAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        return new Received(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await body.ReadToEndAsync(context.RequestAborted));
    }
}

/// <summary>Variables of the environment, put back at the end.</summary>
internal sealed class EnvironmentVariables : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public EnvironmentVariables(params (string Name, string? Value)[] variables)
    {
        foreach ((string name, string? value) in variables)
        {
            _before[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
