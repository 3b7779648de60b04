using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;
using WhatsAppBuffer.Infra.Settings;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>What <see cref="MessageKey"/> needs.</summary>
internal sealed record MessageKeyProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentSettings Settings { get; init; }
}

/// <summary>
/// The key of the topics. It must be the customer's own: AWS services cannot publish to a topic that is encrypted with the key that AWS
/// manages for SNS, because nobody can allow them to use that one.
/// </summary>
internal sealed class MessageKey : Construct
{
    public MessageKey(Construct scope, string id, MessageKeyProps props)
        : base(scope, id)
    {
        Key = new Key(this, "Key", new KeyProps
        {
            Description = "Encrypts WhatsApp messages in the topics of WhatsAppBuffer",
            EnableKeyRotation = true,
            RemovalPolicy = props.Settings.CdkRemovalPolicy(),
        });
    }

    /// <summary>The key.</summary>
    public Key Key { get; }

    /// <summary>
    /// Lets an AWS service encrypt what it publishes to one topic, named as SNS names it to KMS. Whose messages the topic takes is the topic's
    /// policy to say: not every service tells KMS for which account it acts.
    /// </summary>
    public void AllowPublisher(string service, string topic) => Key.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
    {
        Principals = [new ServicePrincipal(service)],
        Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
        // In a key's own policy, * is AWS's word for "this key".
        Resources = ["*"],
        Conditions = new Dictionary<string, object>
        {
            ["StringEquals"] = new Dictionary<string, object>
            {
                ["kms:EncryptionContext:aws:sns:topicArn"] = ThisAccount.Arn(this, "sns", topic),
            },
        },
    }));
}
