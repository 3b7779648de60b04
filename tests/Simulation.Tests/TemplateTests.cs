using Simulation.Tests.World;
using WhatsAppBuffer.SendWhatsAppMessage.Flows;
using WhatsAppBuffer.SendWhatsAppMessage.Sending;
using WhatsAppBuffer.SendWhatsAppMessage.Templates;
using WhatsAppBuffer.Topology;

namespace Simulation.Tests;

/// <summary>Templates that contact flows send while everything goes wrong: never twice, and what a flow is told is true.</summary>
public class TemplateTests
{
    private const int Seeds = 400;
    private const string Phone = "4915112345678";
    private const string Twice = "is on the phone twice";
    private const string Untrue = "is not what the flow was told";

    [Fact]
    public void A_template_is_sent_once_or_the_flow_is_told_that_nobody_knows()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            Assert.True(Run(seed) is [], $"Seed {seed}: {string.Join("; ", Run(seed))}");
        }
    }

    [Fact]
    public void While_nothing_goes_wrong_every_invocation_is_told_that_it_is_sent()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            using var cloud = new Cloud(seed);
            Invoke(cloud);
            cloud.Settle();

            Assert.All(cloud.Flows.Answers, answer => Assert.Equal(FlowAnswer.SentStatus, answer.Status));
            Assert.Equal(cloud.Flows.Received.Count, cloud.Flows.Answers.DistinctBy(answer => answer.ContactId).Count());
        }
    }

    [Fact]
    public void Whoever_answers_opens_a_chat_that_names_the_template_whatever_goes_wrong()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            using var rush = new Rush(seed);
            rush.Senders = [Phone];
            int sendings = rush.Cloud.Random.Next(1, 3);
            for (int contact = 0; contact < sendings; contact++)
            {
                rush.Cloud.Flows.Invoke($"contact {contact}", Phone);
            }

            bool wasSent = false;
            rush.Cloud.After(TimeSpan.FromSeconds(20), () =>
            {
                wasSent = rush.Cloud.Flows.Received.Count > 0;
                rush.Customers.Write([Phone]);
            });
            rush.Cloud.Settle();

            // Sent after the flow had given up, it is answered all the same; what was taken back is not.
            Assert.True(!wasSent || rush.Cloud.Connect.Contacts[0].Start.Template?.Name == "ready", $"Seed {seed}");
        }
    }

    [Fact]
    public void A_sender_that_notes_nothing_first_sends_twice() => AssertFound(Twice, cloud => cloud.Sendings = sendings => new NotingNothing(sendings));

    [Fact]
    public void A_sender_that_takes_back_what_it_does_not_know_sends_twice() => AssertFound(Twice, cloud => cloud.Sendings = sendings => new Impatient(sendings));

    private static void AssertFound(string breach, Action<Cloud> worsen)
    {
        for (int seed = 0; seed < Seeds * 2; seed++)
        {
            if (Run(seed, worsen).Any(found => found.Contains(breach, StringComparison.Ordinal)))
            {
                return;
            }
        }

        Assert.Fail($"Nobody found out that a template {breach}.");
    }

    private static IReadOnlyList<string> Run(int seed, Action<Cloud>? worsen = null)
    {
        using var cloud = new Cloud(seed);
        double probability = cloud.Random.NextDouble() * 0.4;
        int budget = 12;
        cloud.Latency = () => TimeSpan.FromMilliseconds(cloud.Random.Next(25) == 0 ? cloud.Random.Next(3_000) : cloud.Random.Next(1, 120));
        cloud.Trouble = step =>
        {
            if (!step.Contains(FunctionSpecs.SendWhatsAppMessage.Name, StringComparison.Ordinal) || cloud.Random.NextDouble() >= probability || budget == 0)
            {
                return Trouble.None;
            }

            budget--;
            return (Trouble)cloud.Random.Next(1, Enum.GetValues<Trouble>().Length);
        };
        worsen?.Invoke(cloud);
        Invoke(cloud);
        cloud.Settle();
        return [.. cloud.Flows.Answers.GroupBy(answer => answer.ContactId).SelectMany(contact => Breaches(contact.Key, [.. contact.Select(answer => answer.Status)], cloud))];
    }

    /// <summary>A few contacts, each of which invokes once to three times: side by side, or one after the other.</summary>
    private static void Invoke(Cloud cloud)
    {
        for (int contact = cloud.Random.Next(1, 3); contact > 0; contact--)
        {
            string id = $"contact {contact}";
            for (int times = cloud.Random.Next(1, 4); times > 0; times--)
            {
                cloud.After(TimeSpan.FromMilliseconds(cloud.Random.Next(2) == 0 ? cloud.Random.Next(1_000) : cloud.Random.Next(40_000)), () => cloud.Flows.Invoke(id, Phone));
            }
        }
    }

    private static IEnumerable<string> Breaches(string contact, string?[] told, Cloud cloud)
    {
        int received = cloud.Flows.Received.Count(sender => sender == contact);
        if (received > 1)
        {
            yield return $"{contact}'s template {Twice}";
        }

        if (received == 0 && told.Contains(FlowAnswer.SentStatus))
        {
            yield return $"{contact}'s template {Untrue}: it was not sent";
        }

        if (received > 0 && told.All(status => status is FlowAnswer.RefusedStatus or FlowAnswer.HeldBackStatus))
        {
            yield return $"{contact}'s template {Untrue}: it was sent";
        }

        if (told.Contains(FlowAnswer.RefusedStatus))
        {
            yield return $"{contact}'s template {Untrue}: nobody refused it";
        }
    }

    private class Passing(ISendings inner) : ISendings
    {
        public virtual Task<KnownSending?> TryBeginAsync(TemplateMessage message, string attempt, CancellationToken cancellationToken) => inner.TryBeginAsync(message, attempt, cancellationToken);

        public virtual Task<KnownSending?> FindAsync(string sendingId, CancellationToken cancellationToken) => inner.FindAsync(sendingId, cancellationToken);

        public Task<bool> IsSentAsync(string sendingId, CancellationToken cancellationToken) => inner.IsSentAsync(sendingId, cancellationToken);

        public Task SentAsync(string sendingId, string attempt, string messageId, CancellationToken cancellationToken) => inner.SentAsync(sendingId, attempt, messageId, cancellationToken);

        public Task RefusedAsync(TemplateMessage message, string attempt, string reason, CancellationToken cancellationToken) => inner.RefusedAsync(message, attempt, reason, cancellationToken);

        public Task TakeBackAsync(TemplateMessage message, string attempt, CancellationToken cancellationToken) => inner.TakeBackAsync(message, attempt, cancellationToken);
    }

    private sealed class NotingNothing(ISendings inner) : Passing(inner)
    {
        public override Task<KnownSending?> TryBeginAsync(TemplateMessage message, string attempt, CancellationToken cancellationToken) => Task.FromResult<KnownSending?>(null);
    }

    private sealed class Impatient(ISendings inner) : Passing(inner)
    {
        public override async Task<KnownSending?> TryBeginAsync(TemplateMessage message, string attempt, CancellationToken cancellationToken) =>
            await base.TryBeginAsync(message, attempt, cancellationToken) is { MessageId: not null } known ? known : null;
    }
}
