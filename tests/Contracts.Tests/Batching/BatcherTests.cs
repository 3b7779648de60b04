using WhatsAppBuffer.Contracts.Batching;

namespace Contracts.Tests.Batching;

public sealed class BatcherTests : IDisposable
{
    private readonly List<(IReadOnlyList<int> Requests, CancellationToken Token, TaskCompletionSource<IReadOnlyList<string>> Answers)> _calls = [];
    private readonly Batcher<int, string> _batcher;
    private readonly SemaphoreSlim _called = new(0);

    public BatcherTests() => _batcher = new(capacity: 10, sideBySide: 1, weigh: request => request, (requests, token) =>
    {
        TaskCompletionSource<IReadOnlyList<string>> answers = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Add((requests, token, answers));
        _called.Release();
        return answers.Task;
    });

    public void Dispose() => _called.Dispose();

    [Fact]
    public async Task What_is_asked_alone_goes_at_once()
    {
        Task<string> one = AskAsync(1);

        await AnswerAsync([1]);
        Assert.Equal("1", await one);
    }

    [Fact]
    public async Task What_is_asked_while_a_call_is_under_way_goes_together_and_each_has_its_own_answer()
    {
        Task<string>[] asked = [AskAsync(1), AskAsync(2), AskAsync(3)];

        await AnswerAsync([1]);
        await AnswerAsync([2, 3]);
        Assert.Equal(["1", "2", "3"], await Task.WhenAll(asked));
    }

    [Fact]
    public async Task No_more_goes_together_than_there_is_room_for()
    {
        Task<string>[] asked = [AskAsync(1), AskAsync(6), AskAsync(4), AskAsync(1)];

        await AnswerAsync([1]);
        await AnswerAsync([6, 4]);
        await AnswerAsync([1]);
        await Task.WhenAll(asked);
    }

    [Fact]
    public async Task What_is_too_heavy_goes_alone()
    {
        Task<string>[] asked = [AskAsync(1), AskAsync(11), AskAsync(2)];

        await AnswerAsync([1]);
        await AnswerAsync([11]);
        await AnswerAsync([2]);
        await Task.WhenAll(asked);
    }

    [Fact]
    public async Task A_call_that_fails_fails_for_all_that_went_with_it_and_for_nobody_else()
    {
        Task<string>[] asked = [AskAsync(1), AskAsync(2), AskAsync(3)];
        await AnswerAsync([1]);
        await CallAsync();
        Task<string> next = AskAsync(4);
        _calls[^1].Answers.SetException(new InvalidOperationException("down"));

        Assert.Equal("down", (await Assert.ThrowsAsync<InvalidOperationException>(() => asked[1])).Message);
        Assert.Equal("down", (await Assert.ThrowsAsync<InvalidOperationException>(() => asked[2])).Message);
        await AnswerAsync([4]);
        Assert.Equal("4", await next);
    }

    [Fact]
    public async Task A_call_has_the_token_of_whoever_asked_first()
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        Task<string>[] asked = [AskAsync(1), _batcher.AskAsync(2, first.Token), _batcher.AskAsync(3, second.Token)];
        await AnswerAsync([1]);
        await CallAsync();

        Assert.Equal(first.Token, _calls[^1].Token);
        _calls[^1].Answers.SetResult(["2", "3"]);
        await Task.WhenAll(asked);
    }

    private Task<string> AskAsync(int request) => _batcher.AskAsync(request, TestContext.Current.CancellationToken);

    private async Task CallAsync() => Assert.True(await _called.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

    private async Task AnswerAsync(int[] expected)
    {
        await CallAsync();
        Assert.Equal(expected, _calls[^1].Requests);
        _calls[^1].Answers.SetResult([.. expected.Select(request => $"{request}")]);
    }
}
