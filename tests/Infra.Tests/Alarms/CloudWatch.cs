using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;

namespace Infra.Tests.Alarms;

/// <summary>What metrics were given, minute by minute.</summary>
internal sealed class MinuteSeries
{
    private readonly Dictionary<string, SortedDictionary<int, List<double>>> _values = [];

    /// <summary>How many minutes are played.</summary>
    public required int Minutes { get; init; }

    /// <param name="metric">Its name, and where several have that, the value of its dimension, as <c>Name@Value</c>.</param>
    /// <param name="minute">When; what comes after the end is left out.</param>
    /// <param name="value">What.</param>
    public void Add(string metric, double minute, double value)
    {
        if (!_values.TryGetValue(metric, out SortedDictionary<int, List<double>>? series))
        {
            _values[metric] = series = [];
        }

        if (!series.TryGetValue((int)Math.Floor(minute), out List<double>? values))
        {
            series[(int)Math.Floor(minute)] = values = [];
        }

        values.Add(value);
    }

    /// <summary>The values of some minutes, the last not among them.</summary>
    public IReadOnlyList<double> Between(string metric, string dimension, int from, int until)
    {
        List<double> found = [];
        foreach (string name in (string[])[metric, $"{metric}@{dimension}"])
        {
            if (_values.TryGetValue(name, out SortedDictionary<int, List<double>>? series))
            {
                for (int minute = from; minute < until; minute++)
                {
                    found.AddRange(series.GetValueOrDefault(minute) ?? []);
                }
            }
        }

        return found;
    }
}

/// <summary>An alarm of a template, as CloudWatch evaluates it: every minute, over periods that end then (sliding windows), with M of N points.</summary>
/// <param name="Name">Its name without the stack's.</param>
/// <param name="Json">Its properties.</param>
internal sealed record PlayedAlarm(string Name, JsonObject Json)
{
    /// <summary>
    /// How many points more than N CloudWatch looks at to find N that are not missing. Its user guide shows five for an N of three ("How alarm state is evaluated when data is missing").
    /// </summary>
    private const int FurtherPoints = 2;

    public static IReadOnlyList<PlayedAlarm> Of(Template template) =>
    [
        .. template.OfType("AWS::CloudWatch::Alarm").Select(alarm => new PlayedAlarm(alarm.Properties["AlarmName"]!.GetValue<string>().Split('-')[^1], alarm.Properties)),
    ];

    /// <summary>The minutes at which it went into ALARM.</summary>
    public IReadOnlyList<int> Raised(MinuteSeries series)
    {
        List<int> raised = [];
        bool isUp = false;
        for (int now = 1; now <= series.Minutes; now++)
        {
            bool breaches = IsUp(series, now);
            if (breaches && !isUp)
            {
                raised.Add(now);
            }

            isUp = breaches;
        }

        return raised;
    }

    private int Periods => Json["EvaluationPeriods"]!.GetValue<int>();

    private int ToAlarm => Json["DatapointsToAlarm"]?.GetValue<int>() ?? Periods;

    /// <summary>Whether it is in ALARM at a minute.</summary>
    public bool IsUp(MinuteSeries series, int now)
    {
        double[] real = [.. Points(series, now, Periods + FurtherPoints).OfType<double>().TakeLast(Periods)];
        int missing = Json["TreatMissingData"]!.GetValue<string>() == "breaching" ? Periods - real.Length : 0;
        return real.Count(Breaches) + missing >= ToAlarm;
    }

    private bool Breaches(double value)
    {
        double threshold = Json["Threshold"]!.GetValue<double>();
        return Json["ComparisonOperator"]!.GetValue<string>() switch
        {
            "GreaterThanThreshold" => value > threshold,
            "LessThanThreshold" => value < threshold,
            var other => throw new NotSupportedException(other),
        };
    }

    private double?[] Points(MinuteSeries series, int now, int count)
    {
        JsonObject[] metrics = [.. Json["Metrics"]!.AsArray().Select(metric => metric!.AsObject())];
        if (metrics.SingleOrDefault(metric => metric.ContainsKey("Expression")) is { } math)
        {
            Dictionary<string, JsonObject> byId = metrics.Where(metric => metric.ContainsKey("Id")).ToDictionary(metric => metric["Id"]!.GetValue<string>());
            return MetricExpression.Evaluate(math["Expression"]!.GetValue<string>(), count, id => PointsOf(byId[id]["MetricStat"]!.AsObject(), series, now, count));
        }

        return PointsOf(metrics.Single()["MetricStat"]!.AsObject(), series, now, count);
    }

    private static double?[] PointsOf(JsonObject metric, MinuteSeries series, int now, int count)
    {
        int period = metric["Period"]!.GetValue<int>() / 60;
        string name = metric["Metric"]!["MetricName"]!.GetValue<string>();
        string dimension = metric["Metric"]!["Dimensions"]?.AsArray() is [.., var last] ? last!["Value"]!.GetValue<string>() : "";
        return [.. Enumerable.Range(0, count).Reverse().Select(back => Statistic(metric["Stat"]!.GetValue<string>(), series.Between(name, dimension, now - ((back + 1) * period), now - (back * period))))];
    }

    private static double? Statistic(string name, IReadOnlyList<double> values) => values.Count == 0 ? null : name switch
    {
        "Sum" => values.Sum(),
        "Maximum" => values.Max(),
        "SampleCount" => values.Count,
        "p95" => values.Order().ElementAt((int)Math.Ceiling(values.Count * 0.95) - 1),
        _ => throw new NotSupportedException(name),
    };
}
