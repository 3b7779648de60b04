using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.Events;

/// <summary>
/// The rules of EventBridge's default bus that fire by a schedule, on the cloud's clock. A schedule waits for nothing, and nobody need wait for it: what it sets off is
/// under way in the function or queue that it tells. Safe for use by many threads.
/// </summary>
/// <param name="account">The account that owns the rules.</param>
/// <param name="clock">The cloud's clock.</param>
/// <param name="router">Takes the events.</param>
public sealed class EventBridgeEngine(AwsAccount account, TimeProvider clock, DeliveryRouter router) : IDisposable
{
    private const int MostTargets = 5;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Schedule> _schedules = new(StringComparer.Ordinal);

    /// <summary>Raised when a target could not take an event: rule, ARN, error. The event is lost; AWS tries for 24 hours where that may help.</summary>
    public event Action<string, string, AwsException>? DeliveryFailed;

    /// <summary>Through this the events are raised.</summary>
    internal Observers Observers { get; init; } = new();

    /// <summary>All rules, by name.</summary>
    public IReadOnlyList<ScheduleRule> Rules
    {
        get
        {
            lock (_lock)
            {
                return [.. _schedules.Values.Select(schedule => schedule.Rule)];
            }
        }
    }

    /// <summary>Creates a rule, or changes one: then its schedule begins anew. It fires first when the rate has passed once.</summary>
    /// <param name="name">1 to 64 letters, digits, <c>.</c>, <c>-</c> or <c>_</c>.</param>
    /// <param name="scheduleExpression">Such as <c>rate(5 minutes)</c>.</param>
    /// <param name="isEnabled">Whether it fires.</param>
    /// <param name="description">What it is for; up to 512 characters.</param>
    /// <returns>The rule's ARN.</returns>
    /// <exception cref="AwsException"><c>ValidationException</c>.</exception>
    public string PutRule(string name, string scheduleExpression, bool isEnabled = true, string? description = null)
    {
        EventRules.CheckName(name);
        EventRules.CheckDescription(description);
        TimeSpan rate = ScheduleExpression.Parse(scheduleExpression);
        lock (_lock)
        {
            Schedule? before = _schedules.GetValueOrDefault(name);
            var rule = new ScheduleRule(name, account.Arn("events", $"rule/{name}"), scheduleExpression, description, isEnabled)
            {
                Targets = before?.Rule.Targets ?? [],
                Fired = before?.Rule.Fired ?? 0,
            };
            before?.Dispose();
            _schedules[name] = Begin_NeedsLock(rule, rate);
            return rule.Arn;
        }
    }

    /// <summary>A rule.</summary>
    /// <param name="name">The rule.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public ScheduleRule DescribeRule(string name)
    {
        lock (_lock)
        {
            return Find_NeedsLock(name).Rule;
        }
    }

    /// <summary>Makes a rule fire, or not; a schedule that is enabled begins anew.</summary>
    /// <param name="name">The rule.</param>
    /// <param name="isEnabled">Whether it fires.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public void Enable(string name, bool isEnabled)
    {
        lock (_lock)
        {
            Schedule schedule = Find_NeedsLock(name);
            if (schedule.Rule.IsEnabled != isEnabled)
            {
                schedule.Dispose();
                _schedules[name] = Begin_NeedsLock(schedule.Rule with { IsEnabled = isEnabled }, schedule.Rate);
            }
        }
    }

    /// <summary>Adds targets to a rule; one whose id is there already is replaced.</summary>
    /// <param name="name">The rule.</param>
    /// <param name="targets">Functions, queues or topics, up to five in all.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>, <c>ValidationException</c> or <c>LimitExceededException</c>.</exception>
    public void PutTargets(string name, params IReadOnlyList<EventTarget> targets)
    {
        foreach (EventTarget target in targets)
        {
            EventRules.Check(target);
        }

        lock (_lock)
        {
            Schedule schedule = Find_NeedsLock(name);
            EventTarget[] all = [.. schedule.Rule.Targets.Where(old => targets.All(target => target.Id != old.Id)), .. targets];
            schedule.Rule = all.Length <= MostTargets
                ? schedule.Rule with { Targets = all }
                : throw new AwsException("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
        }
    }

    /// <summary>Removes targets from a rule; one that is not there is no error.</summary>
    /// <param name="name">The rule.</param>
    /// <param name="ids">The targets' ids.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public void RemoveTargets(string name, params IReadOnlyList<string> ids)
    {
        lock (_lock)
        {
            Schedule schedule = Find_NeedsLock(name);
            schedule.Rule = schedule.Rule with { Targets = [.. schedule.Rule.Targets.Where(target => !ids.Contains(target.Id))] };
        }
    }

    /// <summary>Deletes a rule that has no targets; one that is not there is no error.</summary>
    /// <param name="name">The rule.</param>
    /// <exception cref="AwsException"><c>ValidationException</c>: it has targets.</exception>
    public void DeleteRule(string name)
    {
        lock (_lock)
        {
            if (!_schedules.TryGetValue(name, out Schedule? schedule))
            {
                return;
            }

            if (schedule.Rule.Targets.Count > 0)
            {
                throw new AwsException("ValidationException", "Rule can't be deleted since it has targets.");
            }

            _schedules.Remove(name);
            schedule.Dispose();
        }
    }

    /// <summary>Stops all schedules.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (Schedule schedule in _schedules.Values)
            {
                schedule.Dispose();
            }

            _schedules.Clear();
        }
    }

    private Schedule Begin_NeedsLock(ScheduleRule rule, TimeSpan rate)
    {
        var schedule = new Schedule(rule with { NextAt = rule.IsEnabled ? clock.GetUtcNow() + rate : null }, rate);
        schedule.Timer = rule.IsEnabled ? clock.CreateTimer(_ => Fire(schedule), null, rate, rate) : null;
        return schedule;
    }

    private void Fire(Schedule schedule)
    {
        DateTimeOffset now = clock.GetUtcNow();
        ScheduleRule rule;
        lock (_lock)
        {
            // A timer may fire while its rule is changed or deleted.
            if (_schedules.GetValueOrDefault(schedule.Rule.Name) != schedule)
            {
                return;
            }

            rule = schedule.Rule = schedule.Rule with { NextAt = now + schedule.Rate, Fired = schedule.Rule.Fired + 1 };
        }

        string scheduled = ScheduledEvent.Write(account, rule.Arn, now);
        foreach (EventTarget target in rule.Targets)
        {
            _ = TellAsync(rule.Name, target, scheduled);
        }
    }

    private async Task TellAsync(string rule, EventTarget target, string scheduled)
    {
        try
        {
            await router.DeliverAsync(target.Arn, new DeliveryMessage(target.Input ?? scheduled), CancellationToken.None);
        }
        catch (AwsException error)
        {
            Observers.Tell(DeliveryFailed, observer => observer(rule, target.Arn, error));
        }
#pragma warning disable CA1031 // Whatever a target throws, the next event is due as ever.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Observers.Tell(DeliveryFailed, observer => observer(rule, target.Arn, AwsException.InternalFailure(error)));
        }
    }

    private Schedule Find_NeedsLock(string name) => _schedules.GetValueOrDefault(name)
        ?? throw new AwsException("ResourceNotFoundException", $"Rule {name} does not exist on EventBus default.");

    /// <summary>A rule and the timer that makes it fire. Its owner's lock guards it.</summary>
    private sealed class Schedule(ScheduleRule rule, TimeSpan rate) : IDisposable
    {
        public ScheduleRule Rule { get; set; } = rule;

        public TimeSpan Rate => rate;

        public ITimer? Timer { get; set; }

        public void Dispose() => Timer?.Dispose();
    }
}
