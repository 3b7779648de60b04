using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EndToEnd.Tests;

/// <summary>Whatever is wrong with a request to the control API, its answer says so in a sentence.</summary>
public sealed class ControlErrorTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = simulator.Uri };

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("POST", "messages", "{ \"customer\": \"Ana\",\n \"txt\": \"a\" }", "The body cannot be used: line 2: unknown member 'txt'; did you mean 'text'?")]
    [InlineData("POST", "messages", "{ \"customer\": \"Ana\", \"text\": 5 }", "The body cannot be used: line 1: text is the number 5; it takes a text.")]
    [InlineData("POST", "messages", "{ \"text\": \"a\" }", "The body cannot be used: line 1: 'customer' is missing.")]
    [InlineData("POST", "messages", "{ \"customer\": ", "The body cannot be used: line 1, column 15: this is not JSON (")]
    [InlineData("POST", "messages", "", "The body cannot be used: line 1, column 1: this is not JSON (")]
    [InlineData("PUT", "faults", "{ \"rules\": [ { \"effect\": \"explode\" } ] }", "The body cannot be used: line 1: rules[0].effect is the text \"explode\"; it takes error or throttle or")]
    [InlineData("PUT", "faults", "{ \"rules\": [ { \"effect\": \"Kill\" } ] }", "did you mean 'kill'?")]
    [InlineData("PUT", "faults", "{ \"rules\": [ { \"effect\": \"kill\" } ] }", "'kill' strikes functions")]
    [InlineData("POST", "chats/nobody/messages", "{}", "'text' is empty; give what the agent writes, or a file to 'attach'.")]
    [InlineData("POST", "chats/nobody/messages", """{"attach":"song"}""", "'attach' is 'song'; an agent attaches image, document, video, audio.")]
    public async Task A_body_that_cannot_be_used_is_refused_with_what_is_wrong_and_where(string method, string path, string body, string sentence)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        await AssertRefusedAsync(HttpStatusCode.BadRequest, sentence, method, path, content);
    }

    [Theory]
    [InlineData("clock/speed?factor=x", "'factor' is 'x'; it takes a number.")]
    [InlineData("clock/speed", "'factor' is missing; give it in the query, a number: ?factor=…")]
    [InlineData("clock/speed?factor=0", "A speed of 0 cannot be")]
    [InlineData("clock/step?seconds=soon", "'seconds' is 'soon'; it takes a number.")]
    [InlineData("functions/on_raw_messages/warm-up?processes=1.5", "'processes' is '1.5'; it takes a whole number.")]
    [InlineData("scenarios/rapid-brust", "There is no scenario 'rapid-brust'; did you mean 'rapid-burst'?")]
    public async Task A_query_that_cannot_be_used_is_refused_with_what_it_takes(string path, string sentence) =>
        await AssertRefusedAsync(HttpStatusCode.BadRequest, sentence, "POST", path, null);

    [Fact]
    public async Task A_body_that_is_not_declared_to_be_JSON_is_refused_with_what_to_do()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "text/plain");
        await AssertRefusedAsync(HttpStatusCode.UnsupportedMediaType, "send the header content-type: application/json", "POST", "messages", content);
    }

    [Theory]
    [InlineData("GET", "reset")]
    [InlineData("POST", "bursts")]
    public async Task What_there_is_not_is_named_with_where_all_there_is_is_listed(string method, string path) =>
        await AssertRefusedAsync(HttpStatusCode.NotFound, $"There is no {method} /_wab/{path}. All there is: /_wab/openapi.json", method, path, null);

    private async Task AssertRefusedAsync(HttpStatusCode status, string sentence, string method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"/_wab/{path}", UriKind.Relative)) { Content = content };
        using HttpResponseMessage answer = await _http.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        JsonElement error = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(sentence, error.GetProperty("error").GetString(), StringComparison.Ordinal);
    }
}
