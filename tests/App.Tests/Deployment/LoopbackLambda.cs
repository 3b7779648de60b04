using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace App.Tests.Deployment;

/// <summary>A Lambda endpoint as the test tool is one: it answers invocations over HTTP, here as the test says.</summary>
internal sealed class LoopbackLambda : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly ConcurrentQueue<(string Path, string Body)> _calls = new();

    private LoopbackLambda(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _web = builder.Build();
        _web.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            _calls.Enqueue((context.Request.Path, await body.ReadToEndAsync(context.RequestAborted)));
            await answer(context);
        });
    }

    public Uri Uri => new(_web.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    public IReadOnlyList<(string Path, string Body)> Calls => [.. _calls];

    public static async Task<LoopbackLambda> StartAsync(RequestDelegate answer)
    {
        var lambda = new LoopbackLambda(answer);
        await lambda._web.StartAsync(TestContext.Current.CancellationToken);
        return lambda;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}
