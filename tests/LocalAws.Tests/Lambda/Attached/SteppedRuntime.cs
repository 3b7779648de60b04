using System.Net.Http.Headers;
using System.Text;

namespace LocalAws.Tests.Lambda.Attached;

/// <summary>A runtime that attaches to a function and does one step at a time.</summary>
/// <param name="cloud">Where the cloud listens.</param>
/// <param name="path">What follows <c>host:port</c> in <c>AWS_LAMBDA_RUNTIME_API</c>, such as <c>/_runtime/f</c>.</param>
internal sealed class SteppedRuntime(Uri cloud, string path) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(cloud, $"{path}/2018-06-01/runtime/"), Timeout = Timeout.InfiniteTimeSpan };

    public async Task<Work> NextAsync(CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage next = await _http.GetAsync(new Uri("invocation/next", UriKind.Relative), cancellationToken);
        string body = await next.Content.ReadAsStringAsync(cancellationToken);
        return new Work((int)next.StatusCode, body, next.Headers);
    }

    public async Task<int> AnswerAsync(Work work, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http.PostAsync(new Uri($"invocation/{work.RequestId}/response", UriKind.Relative), content);
        return (int)answer.StatusCode;
    }

    public async Task FailInitAsync(string type, string message)
    {
        using var content = new StringContent($$"""{"errorType":"{{type}}","errorMessage":"{{message}}"}""", Encoding.UTF8, "application/json");
        content.Headers.Add("Lambda-Runtime-Function-Error-Type", type);
        using HttpResponseMessage answer = await _http.PostAsync(new Uri("init/error", UriKind.Relative), content);
        Assert.Equal(202, (int)answer.StatusCode);
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>What <c>next</c> answered.</summary>
internal sealed record Work(int Status, string Body, HttpResponseHeaders Headers)
{
    public string RequestId => Header("Lambda-Runtime-Aws-Request-Id");

    public DateTimeOffset Deadline => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Header("Lambda-Runtime-Deadline-Ms")));

    public string Header(string name) => string.Concat(Headers.GetValues(name));
}
