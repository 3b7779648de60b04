using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Observation;
using LocalAws.Lambda.Functions;

namespace App.Tests.Observation;

public class FunctionPartTests
{
    [Theory]
    [InlineData(FunctionState.Cold, 0, 0, PartState.Starting, "0 processes")]
    [InlineData(FunctionState.Starting, 1, 1, PartState.Starting, "1 process")]
    [InlineData(FunctionState.Ready, 2, 2, PartState.Ready, "2 processes")]
    [InlineData(FunctionState.Cold, 0, 2, PartState.Ready, "the next invocation starts one")]
    public void A_function_is_ready_once_it_has_started_also_when_its_processes_were_stopped_for_want_of_work(
        FunctionState state, int sandboxes, int starts, string expected, string detail)
    {
        PartStatus part = FunctionPart.Of(new FunctionStatus("f", state, sandboxes, Busy: 0, starts, Restarts: 0, LastError: null));

        Assert.Equal(expected, part.State);
        Assert.Contains(detail, part.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_whose_process_died_is_failed_and_tells_where_its_output_is()
    {
        PartStatus part = FunctionPart.Of(new FunctionStatus("f", FunctionState.Failed, 0, 0, 1, 1, "Runtime.ExitError: it ended."));

        Assert.Equal(("f", PartState.Failed, "Runtime.ExitError: it ended. Its output: GET /_wab/functions/f/log"), (part.Name, part.State, part.Detail));
    }

    [Theory]
    [InlineData(0, null, PartState.Waiting, "waits for its process: AWS_LAMBDA_RUNTIME_API=127.0.0.1:1/_runtime/f")]
    [InlineData(0, "no settings", PartState.Waiting, "waits for its process: AWS_LAMBDA_RUNTIME_API=127.0.0.1:1/_runtime/f; the last one failed at start: no settings")]
    [InlineData(1, null, PartState.Ready, "1 process attached")]
    [InlineData(2, null, PartState.Ready, "2 processes attached")]
    public void An_attached_function_waits_for_its_process_and_tells_where_it_attaches(int attached, string? error, string expected, string detail)
    {
        FunctionState state = attached > 0 ? FunctionState.Ready : FunctionState.Unattached;

        PartStatus part = FunctionPart.OfAttached(new FunctionStatus("f", state, attached, Busy: 0, Starts: 1, Restarts: 0, error), "127.0.0.1:1/_runtime/f");

        Assert.Equal((expected, detail), (part.State, part.Detail));
    }

    [Fact]
    public void A_reason_that_is_not_known_is_not_announced() =>
        Assert.Equal("1 process, restarted 1 time", FunctionPart.Of(new FunctionStatus("f", FunctionState.Ready, 1, 0, 2, 1, null)).Detail);

    [Fact]
    public void A_function_whose_process_was_replaced_says_so_with_the_reason() =>
        Assert.Equal(
            "1 process, restarted 3 times; last error: it ended.",
            FunctionPart.Of(new FunctionStatus("f", FunctionState.Ready, 1, 0, 4, 3, "it ended.")).Detail);
}
