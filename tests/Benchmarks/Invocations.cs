using WhatsAppBuffer.Topology;
using System.Diagnostics;
using System.Text;
using Spectre.Console;

namespace WhatsAppBuffer.Benchmarks;

/// <summary>How many empty invocations a second go through one function, over HTTP.</summary>
internal static class Invocations
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    public static async Task RunAsync()
    {
        await using BenchCloud bench = await BenchCloud.StartAsync();
        var table = new Table().Title("Empty invocations a second through one function, over HTTP").AddColumn("callers").AddColumn("sandboxes").AddColumn("invocations/s");
        foreach ((int callers, int sandboxes) in new[] { (1, 1), (8, 1), (8, 8) })
        {
            string function = $"empty-{callers}-{sandboxes}";
            bench.Create(FunctionSpecs.OnRawMessages, function, BenchCloud.PublishedFunctions, sandboxes);
            await MeasureAsync(bench, function, callers, TimeSpan.FromSeconds(1));
            table.AddRow($"{callers}", $"{sandboxes}", $"{await MeasureAsync(bench, function, callers, Length):N0}");
            await bench.Cloud.Lambda.DeleteFunctionAsync(function);
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine("Above the number of sandboxes, callers get 429 and try again, as on AWS.");
    }

    private static async Task<double> MeasureAsync(BenchCloud bench, string function, int callers, TimeSpan length)
    {
        using var http = new HttpClient { BaseAddress = bench.Cloud.Uri };
        int count = 0;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(start) < length)
            {
                using var content = new StringContent("""{"Records":[]}""", Encoding.UTF8, "application/json");
                using HttpResponseMessage response = await http.PostAsync(new Uri($"2015-03-31/functions/{function}/invocations", UriKind.Relative), content);
                if (response.IsSuccessStatusCode)
                {
                    Interlocked.Increment(ref count);
                }
            }
        }));
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
