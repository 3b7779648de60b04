using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace WhatsAppBuffer.Benchmarks;

/// <summary>How many records a second one core aggregates, beside a Python aggregator that does the least there is to do, in turns.</summary>
internal static class AggregatorRate
{
    private const int Rounds = 5;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    public static async Task RunAsync()
    {
        var benchmark = new AggregatorBenchmark();
        benchmark.Setup();
        string file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, benchmark.Event);
        var ours = new List<double>();
        var pythons = new List<double>();
        try
        {
            Ours(benchmark);
            for (int round = 0; round < Rounds; round++)
            {
                ours.Add(Ours(benchmark));
                pythons.Add(await PythonAsync(file));
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            AnsiConsole.WriteLine("There is no python3 to compare with.");
            return;
        }
        finally
        {
            File.Delete(file);
        }

        double our = Median(ours);
        double python = Median(pythons);
        AnsiConsole.Write(new Table().Title("Records a second on one core, medians of turns of one second").AddColumn("aggregator").AddColumn("records/s").AddColumn("ratio")
            .AddRow("message_aggregator", $"{our:N0}", $"{our / python:0.0}")
            .AddRow("Python: parse, group, write", $"{python:N0}", "1"));
    }

    private static double Ours(AggregatorBenchmark benchmark)
    {
        long start = Stopwatch.GetTimestamp();
        int events = 0;
        for (; Stopwatch.GetElapsedTime(start) < Length; events++)
        {
            benchmark.AggregateRecords();
        }

        return AggregatorBenchmark.Records * events / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <exception cref="System.ComponentModel.Win32Exception">There is no Python.</exception>
    private static async Task<double> PythonAsync(string file)
    {
        using Process python = Process.Start(new ProcessStartInfo("python3", [Path.Combine(AppContext.BaseDirectory, "python_aggregator.py"), file, $"{Length.TotalSeconds}"])
        {
            RedirectStandardOutput = true,
        })!;
        string eventsPerSecond = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return AggregatorBenchmark.Records * double.Parse(eventsPerSecond, CultureInfo.InvariantCulture);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
