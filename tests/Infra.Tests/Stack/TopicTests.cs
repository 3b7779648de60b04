using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Topology;

namespace Infra.Tests.Stack;

public class TopicTests
{
    [Theory]
    [InlineData("WhatsAppIn", "whatsapp_in", "social-messaging.amazonaws.com")]
    [InlineData("WhatsAppOut", "whatsapp_out", "connect.amazonaws.com")]
    public void A_topic_takes_messages_from_one_service_for_this_account_over_TLS(string id, string name, string publisher)
    {
        Deployments.Default.ShouldHave($"{id}Topic", $$"""{ "TopicName": "{{name}}", "KmsMasterKeyId": "${MessageKey.Arn}" }""");
        Deployments.Default.ShouldHave($"{id}TopicPolicy", $$"""
            {
              "Topics": ["${{{id}}Topic}"],
              "PolicyDocument": {
                "Statement": [
                  {
                    "Effect": "Allow",
                    "Principal": { "Service": "{{publisher}}" },
                    "Action": "sns:Publish",
                    "Resource": "${{{id}}Topic}",
                    "Condition": { "StringEquals": { "aws:SourceAccount": "${AWS::AccountId}" } }
                  },
                  {
                    "Effect": "Deny",
                    "Principal": "*",
                    "Action": "sns:Publish",
                    "Resource": "${{{id}}Topic}",
                    "Condition": { "Bool": { "aws:SecureTransport": "false" } }
                  }
                ]
              }
            }
            """);
    }

    [Theory]
    [InlineData("social-messaging.amazonaws.com", "whatsapp_in")]
    [InlineData("connect.amazonaws.com", "whatsapp_out")]
    public void A_publisher_may_use_the_key_for_its_own_topic_only(string publisher, string topic)
    {
        JsonNode statement = Assert.Single(KeyStatements(Deployments.Default), it => it["Principal"]!["Service"]?.GetValue<string>() == publisher);

        Assert.Equal(
            $"arn:${{AWS::Partition}}:sns:${{AWS::Region}}:${{AWS::AccountId}}:{topic}",
            statement["Condition"]!["StringEquals"]!["kms:EncryptionContext:aws:sns:topicArn"]!.GetValue<string>());
        Assert.Equal(
            ["kms:Decrypt", "kms:GenerateDataKey"],
            statement["Action"]!.AsArray().Select(action => action!.GetValue<string>()));
    }

    [Fact]
    public void The_key_rotates_and_outlives_the_stack()
    {
        Deployments.Default.ShouldBe("MessageKey", """{ "DeletionPolicy": "RetainExceptOnCreate", "Properties": { "EnableKeyRotation": true } }""");
    }

    [Fact]
    public void A_notification_that_cannot_be_delivered_goes_to_the_dead_letter_queue()
    {
        Deployments.Default.ShouldHave("NotificationsQueueWhatsAppBufferWhatsAppInTopic7754AF8B", """
            {
              "Protocol": "sqs",
              "TopicArn": "${WhatsAppInTopic}",
              "Endpoint": "${NotificationsQueue.Arn}",
              "RedrivePolicy": { "deadLetterTargetArn": "${OnRawMessagesDeadLettersQueue.Arn}" }
            }
            """);
        Deployments.Guide.ShouldHave("OnRawMessagesFunctionTopic", """
            {
              "Protocol": "lambda",
              "TopicArn": "${WhatsAppInTopic}",
              "Endpoint": "${OnRawMessagesFunction.Arn}",
              "RedrivePolicy": { "deadLetterTargetArn": "${OnRawMessagesDeadLettersQueue.Arn}" }
            }
            """);
        Deployments.Guide.ShouldHave("OnRawMessagesFunctionAllowInvokeWhatsAppBufferWhatsAppInTopic7754AF8B", """
            { "Action": "lambda:InvokeFunction", "Principal": "sns.amazonaws.com", "SourceArn": "${WhatsAppInTopic}" }
            """);
    }

    [Fact]
    public void What_agents_bots_and_the_system_write_goes_to_its_function_and_the_customers_own_words_do_not()
    {
        Deployments.Default.ShouldHave("RepliesQueueWhatsAppBufferWhatsAppOutTopicE225D5DB", $$"""
            {
              "Protocol": "sqs",
              "TopicArn": "${WhatsAppOutTopic}",
              "Endpoint": "${RepliesQueue.Arn}",
              "FilterPolicy": {{ReplyFilter.WordsPolicy}},
              "RedrivePolicy": { "deadLetterTargetArn": "${ConnectEventHandlerDeadLettersQueue.Arn}" }
            }
            """);
        Deployments.Default.ShouldHave("AgentsFilesQueueWhatsAppBufferWhatsAppOutTopicE225D5DB", $$"""
            {
              "Protocol": "sqs",
              "TopicArn": "${WhatsAppOutTopic}",
              "Endpoint": "${AgentsFilesQueue.Arn}",
              "FilterPolicy": {{ReplyFilter.FilesPolicy}},
              "RedrivePolicy": { "deadLetterTargetArn": "${ConnectEventHandlerDeadLettersQueue.Arn}" }
            }
            """);
        Deployments.Guide.ShouldHave("ConnectEventHandlerFunctionTopic", $$"""
            {
              "Protocol": "lambda",
              "TopicArn": "${WhatsAppOutTopic}",
              "Endpoint": "${ConnectEventHandlerFunction.Arn}",
              "FilterPolicy": {{ReplyFilter.Policy}},
              "RedrivePolicy": { "deadLetterTargetArn": "${ConnectEventHandlerDeadLettersQueue.Arn}" }
            }
            """);
    }

    private static IEnumerable<JsonNode> KeyStatements(Template template) =>
        template["MessageKey"].Properties["KeyPolicy"]!["Statement"]!.AsArray().Select(statement => statement!);
}
