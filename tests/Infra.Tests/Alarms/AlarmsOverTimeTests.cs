using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;

namespace Infra.Tests.Alarms;

/// <summary>The template's alarms, played over hours and days: what customers feel raises one, and sparse traffic neither hides nor raises any.</summary>
public class AlarmsOverTimeTests
{
    private const int Day = 24 * 60;
    private const double BufferMinutes = 20 / 60.0;
    private const double HandlerMinutes = 1.5 / 60;

    [Fact]
    public void A_quiet_night_raises_nothing()
    {
        var series = new MinuteSeries { Minutes = Day };
        Healthy(series, 30);
        Healthy(series, 1230);

        Assert.Empty(Raised(series));
    }

    [Fact]
    public void A_day_without_anything_from_WhatsApp_wakes_somebody()
    {
        var series = new MinuteSeries { Minutes = 2 * Day };
        Healthy(series, 30);

        Assert.Equal(["NothingIn"], Raised(series).Keys);
    }

    [Fact]
    public void From_the_deployment_until_the_first_message_somebody_is_told_that_none_has_come()
    {
        var series = new MinuteSeries { Minutes = 120 };
        Healthy(series, 60);

        IReadOnlyList<int> raised = PlayedAlarm.Of(Deployments.Default).Single(alarm => alarm.Name == "NothingIn").Raised(series);

        Assert.Equal([1], raised);
        Assert.False(PlayedAlarm.Of(Deployments.Default).Single(alarm => alarm.Name == "NothingIn").IsUp(series, 62));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(60)]
    [InlineData(600)]
    public void Healthy_traffic_raises_nothing_however_sparse(double anHour)
    {
        for (int seed = 0; seed < (anHour < 60 ? 5 : 1); seed++)
        {
            var series = new MinuteSeries { Minutes = Day };
            foreach (double minute in Arrivals(anHour, 0, Day, seed))
            {
                Healthy(series, minute);
            }

            Assert.Empty(Raised(series));
        }
    }

    /// <summary>What is stored in one period and read in the next is nothing to wake anybody for: an alarm that looks at one period at a time does.</summary>
    [Fact]
    public void A_simpler_alarm_would_cry_wolf()
    {
        JsonObject json = PlayedAlarm.Of(Deployments.Default).Single(alarm => alarm.Name == "Stopped").Json.DeepClone().AsObject();
        json["Metrics"]![0]!["Expression"] = "IF(FILL(raw, 0) > 0 AND FILL(polled, 0) == 0, 1, 0)";
        var series = new MinuteSeries { Minutes = Day };
        foreach (double minute in Arrivals(1, 0, Day, seed: 0))
        {
            Healthy(series, minute);
        }

        Assert.NotEmpty(new PlayedAlarm("Simpler", json).Raised(series));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(2)]
    [InlineData(600)]
    public void A_mapping_that_stopped_raises_its_alarm_within_a_quarter_of_an_hour_of_the_first_message_however_few_come(double anHour)
    {
        const int stop = 400;
        var series = new MinuteSeries { Minutes = Day };
        double? first = null;
        foreach (double minute in Arrivals(anHour, 0, Day, seed: 3))
        {
            if (minute < stop - 1)
            {
                Healthy(series, minute);
            }
            else
            {
                first ??= minute;
                Stored(series, minute);
            }
        }

        IReadOnlyDictionary<string, int> raised = Raised(series);
        Assert.Equal(["Stopped"], raised.Keys);
        Assert.InRange(raised["Stopped"], first!.Value, first.Value + 15);
    }

    /// <summary>A queue's age leaves out what was received three times: of a single message it tells nothing after some minutes.</summary>
    [Fact]
    public void When_Connect_is_away_one_waiting_customer_is_enough()
    {
        const int away = 600, back = 700;
        var series = new MinuteSeries { Minutes = Day };
        Healthy(series, 100);
        Stored(series, away);
        Polled(series, away + BufferMinutes);
        foreach (int minute in Enumerable.Range(0, 5))
        {
            series.Add("ApproximateAgeOfOldestMessage@${WakeUpsQueue.QueueName}", away + minute, minute * 60);
        }

        Swept(series, away, back);
        Delivered(series, back, (back - away) * 60);

        IReadOnlyDictionary<string, int> raised = Raised(series);
        Assert.Equal(["OutboxAge"], raised.Keys);
        Assert.InRange(raised["OutboxAge"], away + 15, away + 25);
    }

    [Fact]
    public void When_Connect_is_away_and_many_write_somebody_is_woken_within_ten_minutes()
    {
        const int away = 600;
        var series = new MinuteSeries { Minutes = away + 60 };
        foreach (double minute in Arrivals(600, 0, away + 60, seed: 1))
        {
            if (minute < away - 1)
            {
                Healthy(series, minute);
            }
            else
            {
                Stored(series, minute);
                Polled(series, minute + BufferMinutes);
                series.Add("ApproximateAgeOfOldestMessage@${WakeUpsQueue.QueueName}", minute, Math.Max(0, minute - away) * 60);
            }
        }

        Swept(series, away, away + 60);

        IReadOnlyDictionary<string, int> raised = Raised(series);
        Assert.Equal(["EventAge", "OutboxAge"], raised.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(raised["EventAge"], away + 5, away + 10);
    }

    [Fact]
    public void One_message_that_came_late_by_itself_wakes_nobody_and_two_within_an_hour_do()
    {
        var once = new MinuteSeries { Minutes = Day };
        var twice = new MinuteSeries { Minutes = Day };
        foreach (MinuteSeries series in (MinuteSeries[])[once, twice])
        {
            foreach (double minute in Arrivals(1, 0, Day, seed: 2))
            {
                Healthy(series, minute);
            }

            Delivered(series, 700, 400);
        }

        Delivered(twice, 740, 400);

        Assert.Empty(Raised(once));
        Assert.Equal(["Waiting"], Raised(twice).Keys);
    }

    [Fact]
    public void Every_twentieth_of_many_that_waits_is_noticed()
    {
        var series = new MinuteSeries { Minutes = 300 };
        foreach (double minute in Arrivals(600, 0, 300, seed: 4))
        {
            Stored(series, minute);
            Polled(series, minute + BufferMinutes);
            Delivered(series, minute + 1, minute > 200 && (int)(minute * 100) % 10 == 0 ? 500 : 21);
        }

        Assert.Equal(["Waiting"], Raised(series).Keys);
    }

    [Fact]
    public void What_mends_itself_wakes_nobody_and_makes_no_ticket()
    {
        var series = new MinuteSeries { Minutes = Day };
        foreach (int minute in Enumerable.Range(0, Day / 60).Select(hour => hour * 60))
        {
            Healthy(series, minute + 1);
            series.Add("Errors@${MessageAggregatorFunction}", minute, 1);
            series.Add("Errors@${WhatsAppEventHandlerFunction}", minute, 2);
            series.Add("Throttles@${WhatsAppEventHandlerFunction}", minute, 5);
            series.Add("whatsapp_event_handler/connect-errors", minute, 1);
            series.Add("IteratorAge", minute + 1, 45_000);
        }

        Assert.Empty(Raised(series));
    }

    [Fact]
    public void A_second_dead_letter_raises_the_alarm_again_while_the_first_still_lies_there()
    {
        const string visible = "ApproximateNumberOfMessagesVisible@${WhatsAppEventHandlerDeadLettersQueue.QueueName}";
        var series = new MinuteSeries { Minutes = Day };
        Healthy(series, 10);
        foreach (int minute in Enumerable.Range(300, Day - 300))
        {
            series.Add(visible, minute, minute < 900 ? 1 : 2);
        }

        IReadOnlyList<int> raised = PlayedAlarm.Of(Deployments.Default).Single(alarm => alarm.Name == "WhatsAppEventHandlerDeadLetters").Raised(series);
        Assert.Equal(2, raised.Count);
        Assert.InRange(raised[0], 300, 306);
        Assert.InRange(raised[1], 900, 906);
        Assert.Equal(["WhatsAppEventHandlerDeadLetters"], Raised(series).Keys);
    }

    [Fact]
    public void A_letter_that_nobody_took_care_of_for_a_week_makes_a_ticket_before_SQS_deletes_it()
    {
        var series = new MinuteSeries { Minutes = 180 };
        Healthy(series, 10);
        foreach (int minute in Enumerable.Range(0, 180))
        {
            series.Add("ApproximateAgeOfOldestMessage@${OnRawMessagesDeadLettersQueue.QueueName}", minute, (7 * 86_400) - 6_000 + (minute * 60));
        }

        Assert.Equal(["OnRawMessagesOldLetters"], Raised(series).Keys);
    }

    [Theory]
    [InlineData("DroppedEventCount")]
    [InlineData("NumberOfNotificationsFailedToRedriveToDlq@${WhatsAppInTopic.TopicName}")]
    [InlineData("NumberOfNotificationsFailedToRedriveToDlq@${WhatsAppOutTopic.TopicName}")]
    public void What_is_lost_wakes_somebody_at_once(string metric)
    {
        var series = new MinuteSeries { Minutes = 120 };
        Healthy(series, 10);
        series.Add(metric, 60, 1);

        IReadOnlyDictionary<string, int> raised = Raised(series);
        Assert.Equal(["Lost"], raised.Keys);
        Assert.Equal(61, raised["Lost"]);
    }

    private static Dictionary<string, int> Raised(MinuteSeries series)
    {
        // The evening before.
        series.Add("NumberOfMessagesPublished", -1, 1);
        return Raised(PlayedAlarm.Of(Deployments.Default), series);
    }

    private static Dictionary<string, int> Raised(IEnumerable<PlayedAlarm> alarms, MinuteSeries series) => alarms
        .Select(alarm => (alarm.Name, Raised: alarm.Raised(series)))
        .Where(alarm => alarm.Raised.Count > 0)
        .ToDictionary(alarm => alarm.Name, alarm => alarm.Raised[0]);

    private static void Healthy(MinuteSeries series, double minute)
    {
        Stored(series, minute);
        Polled(series, minute + BufferMinutes);
        Delivered(series, minute + BufferMinutes + HandlerMinutes, (BufferMinutes + HandlerMinutes) * 60);
        series.Add("IteratorAge", minute + BufferMinutes, 20_500);
        series.Add("ApproximateAgeOfOldestMessage@${WakeUpsQueue.QueueName}", minute + BufferMinutes, 1);
    }

    private static void Stored(MinuteSeries series, double minute)
    {
        series.Add("NumberOfMessagesPublished", minute, 1);
        series.Add("SuccessfulRequestLatency", minute, 5);
    }

    private static void Polled(MinuteSeries series, double minute) => series.Add("PolledEventCount", minute, 1);

    private static void Delivered(MinuteSeries series, double minute, double seconds) => series.Add("ReceiptToAgent", minute, seconds);

    /// <summary>Every five minutes a sweep tells how old what waits is.</summary>
    private static void Swept(MinuteSeries series, int since, int until)
    {
        foreach (int minute in Enumerable.Range(since / 5, (until - since) / 5).Select(round => round * 5).Where(minute => minute - since >= 10))
        {
            series.Add("message_aggregator/outbox-age", minute, (minute - since) * 60);
        }
    }

    private static IEnumerable<double> Arrivals(double anHour, double from, double until, int seed)
    {
        var random = new Random(seed);
        for (double minute = from + Wait(); minute < until; minute += Wait())
        {
            yield return minute;
        }

        double Wait() => -Math.Log(1 - random.NextDouble()) * 60 / anHour;
    }
}
