using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;

namespace Infra.Tests.Stack;

/// <summary>What a deployment does to one that stands, and what a first one leaves behind when it fails.</summary>
public class SecondDeploymentTests
{
    [Fact]
    public void What_a_person_filled_in_stays_when_instance_and_flow_become_known()
    {
        Assert.Equal(Deployments.Default["ChatConfig"].Properties["Value"]!.GetValue<string>(), Deployments.Next["ChatConfig"].Properties["Value"]!.GetValue<string>());
        Assert.Equal(Deployments.Default["ChatTemplates"].Properties["Value"]!.GetValue<string>(), Deployments.Next["ChatTemplates"].Properties["Value"]!.GetValue<string>());
        Assert.Equal("-/-", Deployments.Next.Readable["Outputs"]!["ConfigCreatedWith"]!["Value"]!.GetValue<string>());
    }

    [Fact]
    public void Nothing_is_removed_or_replaced_by_tuning()
    {
        Dictionary<string, Resource> after = Deployments.Next.Resources.ToDictionary(resource => resource.Id);
        string[] renaming = ["TableName", "QueueName", "TopicName", "FunctionName", "BucketName", "LogGroupName", "Name", "KeySchema", "EventSourceArn", "StartingPosition"];

        Assert.Empty(Deployments.Default.Resources.Select(resource => resource.Id).Except(after.Keys));
        Assert.All(Deployments.Default.Resources, before => Assert.All(renaming, property => Assert.True(
            JsonNode.DeepEquals(before.Properties[property], after[before.Id].Properties[property]), $"{before.Id}.{property}")));
    }

    [Fact]
    public void What_can_be_tuned_is()
    {
        Template next = Deployments.Next;

        next.ShouldHave("WakeUpsMapping", """{ "ScalingConfig": { "MaximumConcurrency": 8 } }""");
        next.ShouldHave("CustomersFilesMapping", """{ "ScalingConfig": { "MaximumConcurrency": 3 } }""");
        next.ShouldHave("MessageAggregatorFunction", """{ "MemorySize": 1024 }""");
        next.ShouldHave("OnRawMessagesFunction", """{ "Timeout": 60 }""");
        // AWS refuses a queue that gives a message again while the function still works on it.
        next.ShouldHave("NotificationsQueue", """{ "VisibilityTimeout": 90 }""");
        next.ShouldHave("OnRawMessagesLog", """{ "RetentionInDays": 90, "KmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/logs" }""");
        next.ShouldHave("RawMessagesTable", """{ "SSESpecification": { "SSEEnabled": true, "SSEType": "KMS", "KMSMasterKeyId": "arn:aws:kms:eu-west-1:111122223333:key/tables" } }""");
    }

    [Fact]
    public void A_first_deployment_that_fails_can_be_taken_back_whole()
    {
        Assert.All(Deployments.First.Resources, resource => Assert.NotEqual("Retain", resource.Json["DeletionPolicy"]?.GetValue<string>()));
        Assert.All(Deployments.First.OfType("AWS::DynamoDB::Table"), table => Assert.False(table.Properties["DeletionProtectionEnabled"]?.GetValue<bool>() ?? false));
        Assert.All(Deployments.Default.OfType("AWS::DynamoDB::Table"), table => Assert.True(table.Properties["DeletionProtectionEnabled"]!.GetValue<bool>()));
    }
}
