using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Spectre.Console;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Customers;
using LocalAws.Endpoint;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Benchmarks;

/// <summary>From starting the process of <c>on_raw_messages</c> to its first answer, a DynamoDB put included: under the JIT and as Native AOT, and with telemetry.</summary>
internal static partial class ColdStart
{
    private const int Runs = 15;

    public static async Task RunAsync()
    {
        if (BenchCloud.PublishedFunctions is not { } published)
        {
            Console.Error.WriteLine("cold-start: there are no published functions to compare with. Run `./wab.cs publish` first.");
            return;
        }

        await using BenchCloud bench = await BenchCloud.StartAsync();
        await using AwsEndpointHost sink = await AwsEndpointHost.StartAsync(new AwsEndpoint([]));
        var jit = new List<(double Milliseconds, int Megabytes)>();
        var aot = new List<(double Milliseconds, int Megabytes)>();
        var traced = new List<(double Milliseconds, int Megabytes)>();
        for (int run = 0; run <= Runs; run++)
        {
            (double, int) jitRun = await MeasureAsync(bench, $"jit-{run}", null);
            (double, int) aotRun = await MeasureAsync(bench, $"aot-{run}", published);
            (double, int) tracedRun = await MeasureAsync(bench, $"traced-{run}", published, sink.Uri);
            if (run > 0)
            {
                jit.Add(jitRun);
                aot.Add(aotRun);
                traced.Add(tracedRun);
            }
        }

        var table = new Table().Title($"Cold start of on_raw_messages: process start to first answer, one put included ({Runs} runs)")
            .AddColumn("").AddColumn("median").AddColumn("fastest").AddColumn("slowest").AddColumn("peak memory");
        Add("JIT", jit);
        Add("Native AOT", aot);
        Add("Native AOT, telemetry exported", traced);
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated($"Native AOT starts {Median(jit) / Median(aot):0.0} times as fast.");
        await CompareAsync(bench, published);

        void Add(string name, List<(double Milliseconds, int Megabytes)> runs) => table.AddRow(
            name, $"{Median(runs):0.0} ms", $"{runs.Min(r => r.Milliseconds):0.0} ms", $"{runs.Max(r => r.Milliseconds):0.0} ms", $"{runs.Max(r => r.Megabytes)} MB");
    }

    /// <summary>The functions of the other way beside it, in the same run: what they say to an event that lets them ask one service.</summary>
    private static async Task CompareAsync(BenchCloud bench, string published)
    {
        var table = new Table().Title($"Cold start of functions, Native AOT: process start to first answer, one call to a service included ({Runs} runs)")
            .AddColumn("function").AddColumn("median").AddColumn("slowest").AddColumn("peak memory");
        foreach ((FunctionSpec function, Func<string, string> eventOf) in new (FunctionSpec, Func<string, string>)[]
        {
            (FunctionSpecs.OnRawMessages, SnsEvent), (FunctionSpecs.ConnectEventHandler, AnswerEvent), (FunctionSpecs.SendWhatsAppMessage, FlowEvent),
        })
        {
            var runs = new List<(double Milliseconds, int Megabytes)>();
            for (int run = 0; run <= Runs; run++)
            {
                (double, int) measured = await MeasureAsync(bench, function, eventOf, $"{function.Name}-{run}", published);
                if (run > 0)
                {
                    runs.Add(measured);
                }
            }

            table.AddRow(function.Name, $"{Median(runs):0.0} ms", $"{runs.Max(r => r.Milliseconds):0.0} ms", $"{runs.Max(r => r.Megabytes)} MB");
        }

        AnsiConsole.Write(table);
    }

    /// <summary>An agent's words in a chat that is nobody's: they are looked up.</summary>
    private static string AnswerEvent(string id) => new JsonObject
    {
        ["Records"] = new JsonArray(new JsonObject
        {
            ["EventSource"] = "aws:sns",
            ["Sns"] = new JsonObject
            {
                ["MessageId"] = id,
                ["Message"] = new JsonObject
                {
                    ["AbsoluteTime"] = "2026-11-22T18:24:28.601Z", ["Content"] = "Hi", ["ContentType"] = "text/plain", ["Id"] = id, ["Type"] = "MESSAGE", ["ParticipantRole"] = "AGENT", ["InitialContactId"] = id,
                }.ToJsonString(),
            },
        }),
    }.ToJsonString();

    /// <summary>A flow without a template: the parameter is read.</summary>
    private static string FlowEvent(string id) => new JsonObject
    {
        ["Name"] = "ContactFlowEvent",
        ["Details"] = new JsonObject { ["ContactData"] = new JsonObject { ["ContactId"] = id, ["Attributes"] = new JsonObject() }, ["Parameters"] = new JsonObject { ["phoneNumber"] = "+14157470265" } },
    }.ToJsonString();

    private static double Median(List<(double Milliseconds, int Megabytes)> runs) => runs.Select(r => r.Milliseconds).Order().ElementAt(runs.Count / 2);

    private static Task<(double Milliseconds, int Megabytes)> MeasureAsync(BenchCloud bench, string name, string? functionsFolder, Uri? otlpEndpoint = null) =>
        MeasureAsync(bench, FunctionSpecs.OnRawMessages, SnsEvent, name, functionsFolder, otlpEndpoint);

    private static async Task<(double Milliseconds, int Megabytes)> MeasureAsync(
        BenchCloud bench, FunctionSpec function, Func<string, string> eventOf, string name, string? functionsFolder, Uri? otlpEndpoint = null)
    {
        bench.Create(function, name, functionsFolder, otlpEndpoint: otlpEndpoint);
        byte[] snsEvent = Encoding.UTF8.GetBytes(eventOf(name));
        long start = Stopwatch.GetTimestamp();
        var result = await bench.Cloud.Lambda.InvokeAsync(name, snsEvent, CancellationToken.None);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (result.FunctionError is not null)
        {
            throw new InvalidOperationException($"{name} failed: {Encoding.UTF8.GetString(result.Payload.Span)}");
        }

        string report = bench.Cloud.Lambda.GetLog(name).Last(line => line.Text.StartsWith("REPORT", StringComparison.Ordinal)).Text;
        await bench.Cloud.Lambda.DeleteFunctionAsync(name);
        return (milliseconds, int.Parse(MaxMemory().Match(report).Groups[1].Value, CultureInfo.InvariantCulture));
    }

    private static string SnsEvent(string id)
    {
        var customer = new Customer("Kike", "14157470265", "US.1");
        var message = WebhookMessage.Of(new SendMessageRequest { Customer = customer.Name, Text = "Hello", Timestamp = 1_795_285_460 }, customer, $"wamid.{id}", DateTimeOffset.UnixEpoch);
        return new JsonObject
        {
            ["Records"] = new JsonArray(new JsonObject
            {
                ["EventSource"] = "aws:sns",
                ["EventVersion"] = "1.0",
                ["Sns"] = new JsonObject
                {
                    ["Type"] = "Notification",
                    ["MessageId"] = Guid.NewGuid().ToString(),
                    ["Timestamp"] = "2026-11-22T18:24:28.601Z",
                    ["Message"] = EumEnvelope.Wrap(new AwsAccount(), BusinessNumber.Default, message, DateTimeOffset.UnixEpoch),
                    ["MessageAttributes"] = new JsonObject(),
                },
            }),
        }.ToJsonString();
    }

    [GeneratedRegex(@"Max Memory Used: (\d+) MB")]
    private static partial Regex MaxMemory();
}
