using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WhatsAppBuffer.ConnectEventHandler.Files;
using WhatsAppBuffer.ConnectEventHandler.Replies;
using WhatsAppBuffer.Topology;
using WhatsAppEventHandler.Tests.World;

namespace Simulation.Tests.World;

/// <summary>Everybody who answers customers in Amazon Connect, and what Connect streams of it.</summary>
internal sealed class Agents(Cloud cloud)
{
    private readonly List<Answer> _answers = [];

    public IReadOnlyList<Answer> Answers => _answers;

    /// <summary>How likely a customer's words are answered; nobody answers by default.</summary>
    public double Diligence { get; set; }

    /// <summary>How likely an answer is a file; never by default.</summary>
    public double Files { get; set; }

    /// <summary>How likely an agent ends the chat with the answer.</summary>
    public double Haste { get; set; }

    /// <summary>Whether the contact flow says something as soon as a chat is streamed.</summary>
    public bool FlowGreets { get; set; }

    /// <summary>Chats that agents ended.</summary>
    public int Ended { get; private set; }

    /// <summary>An agent sees a customer's words.</summary>
    public void See(FakeContact contact)
    {
        if (cloud.Random.NextDouble() < Diligence)
        {
            cloud.After(TimeSpan.FromMilliseconds(cloud.Random.Next(8_000)), () => Write(contact));
        }
    }

    /// <summary>A chat is streamed from now on.</summary>
    public void Follow(FakeContact contact)
    {
        if (FlowGreets && contact.Topics.Count == 1)
        {
            Say(contact, "SYSTEM");
        }
    }

    /// <summary>An agent writes into a chat.</summary>
    public void Write(FakeContact contact)
    {
        if (contact.Ended)
        {
            return;
        }

        Answer answer = Say(contact, "AGENT");
        if (cloud.Random.NextDouble() < Haste)
        {
            contact.Ended = true;
            Ended++;
            Publish(contact, $"end-{answer.MessageId}", "EVENT", "application/vnd.amazonaws.connect.event.chat.ended", null, null);
        }
    }

    private Answer Say(FakeContact contact, string role)
    {
        int number = _answers.Count + 1;
        bool isFile = role == "AGENT" && Files > 0 && cloud.Random.NextDouble() < Files;
        var answer = new Answer(isFile ? $"answer {number}.pdf" : $"answer {number}", contact.Start.Customer.Id, $"connect-{number}", isFile ? contact : null);
        _answers.Add(answer);
        if (isFile)
        {
            Publish(contact, answer.MessageId, "ATTACHMENT", null, role, null, answer.Text);
        }
        else
        {
            Publish(contact, answer.MessageId, "MESSAGE", "text/plain", role, answer.Text);
        }

        return answer;
    }

    /// <summary>Amazon's client within a sandbox.</summary>
    public IChatFiles Client(Sandbox sandbox) => new SandboxFiles(this, sandbox);

    private void Publish(FakeContact contact, string id, string type, string? contentType, string? role, string? content, string? file = null)
    {
        var message = new JsonObject
        {
            ["AbsoluteTime"] = cloud.Clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["Content"] = content,
            ["ContentType"] = contentType,
            ["Id"] = id,
            ["Type"] = type,
            ["ParticipantRole"] = role,
            ["InitialContactId"] = contact.Id,
        };
        if (file is not null)
        {
            message["Attachments"] = new JsonArray(new JsonObject { ["AttachmentId"] = id, ["AttachmentName"] = file, ["ContentType"] = "application/pdf", ["Status"] = "APPROVED" });
        }

        var notification = new JsonObject
        {
            ["Type"] = "Notification",
            ["MessageId"] = $"sns-{id}",
            ["TopicArn"] = "arn:aws:sns:us-east-1:123456789012:whatsapp_out",
            ["Message"] = message.ToJsonString(),
            ["MessageAttributes"] = new JsonObject
            {
                ["MessageVisibility"] = new JsonObject { ["Type"] = "String", ["Value"] = "ALL" },
                ["InstanceId"] = new JsonObject { ["Type"] = "String", ["Value"] = "i-1" },
            },
        };
        JsonObject carried = cloud.Wiring is Wiring.Guide ? new() { ["Records"] = new JsonArray(new JsonObject { ["Sns"] = notification }) } : notification;
        (file is null ? cloud.Answers : cloud.FilesOfAgents).Accept(Encoding.UTF8.GetBytes(carried.ToJsonString()), TimeSpan.Zero);
    }

    private sealed class SandboxFiles(Agents agents, Sandbox sandbox) : IChatFiles
    {
        public async Task<LocatedFile?> LocateAsync(Credentials credentials, string attachmentId, CancellationToken cancellationToken)
        {
            try
            {
                return await sandbox.CallAsync("GetAttachment", Locate, () => new NoAnswer(), () => new NoAnswer(), cancellationToken);
            }
            catch (NoAnswer)
            {
                return null;
            }

            Task<LocatedFile> Locate()
            {
                FakeContact contact = agents._answers.Find(answer => answer.MessageId == attachmentId)!.FileOf!;
                return contact.Ended || !contact.ConnectionTokens.Contains(credentials.ConnectionToken)
                    ? throw new FileRefusedException("AccessDeniedException")
                    : Task.FromResult(new LocatedFile(new Uri($"https://s3.invalid/{attachmentId}"), 1_000));
            }
        }

        private sealed class NoAnswer : Exception;
    }
}

/// <summary>What an agent wrote.</summary>
/// <param name="Text">Its text, unlike any other.</param>
/// <param name="Customer">The conversation's customer.</param>
/// <param name="MessageId">Connect's id.</param>
/// <param name="FileOf">Of a file, whose name is the text, the chat that it is in; null for a text.</param>
internal sealed record Answer(string Text, string Customer, string MessageId, FakeContact? FileOf = null);
