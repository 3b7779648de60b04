using System.Text.Json;
using LocalAws.Delivery;
using LocalAws.DynamoDb.Streams;
using WhatsAppBuffer.Redrive.Letters;
using WhatsAppBuffer.Topology;

namespace Simulation.Tests.World;

/// <summary>The mapping's on-failure destination, which has the records as well as where they were.</summary>
internal sealed class GivenUpBatches(Cloud cloud) : IDeliveryTarget
{
    public bool Owns(string arn) => true;

    public Task DeliverAsync(string arn, DeliveryMessage message, CancellationToken cancellationToken)
    {
        if (LetterReader.Read(FunctionSpecs.MessageAggregator, message.Body, new Dictionary<string, string>()) is LetterContent.Pointer pointer)
        {
            Shard shard = cloud.DynamoDb.Engine.Streams.Get(cloud.DynamoDb.StreamArn).Shards().Single(shard => shard.Id == pointer.ShardId);
            foreach (StreamRecord record in shard.Read(shard.Horizon, int.MaxValue, int.MaxValue))
            {
                Add(record, pointer);
            }
        }

        return Task.CompletedTask;
    }

    private void Add(StreamRecord record, LetterContent.Pointer pointer)
    {
        string Padded(string number) => number.PadLeft(40, '0');
        JsonElement json = JsonElement.Parse(record.Entry.Json.Span);
        JsonElement change = json.GetProperty("dynamodb");
        string number = change.GetProperty("SequenceNumber").GetString()!;
        if (json.GetProperty("eventName").GetString() == "INSERT"
            && string.CompareOrdinal(Padded(pointer.First), Padded(number)) <= 0 && string.CompareOrdinal(Padded(number), Padded(pointer.Last)) <= 0)
        {
            JsonElement image = change.GetProperty("NewImage");
            cloud.ComesBack.Add(image.GetProperty("text").GetProperty("M").GetProperty("body").GetProperty("S").GetString()!);
            cloud.GivenUp.Add(new RawRecord(
                Tables.RawMessages.Name, image.GetProperty("from").GetProperty("S").GetString()!, image.GetProperty("id").GetProperty("S").GetString()!, number, image));
        }
    }
}
