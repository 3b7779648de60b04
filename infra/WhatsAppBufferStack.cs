using Amazon.CDK;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;
using WhatsAppBuffer.Infra.Monitoring;
using WhatsAppBuffer.Infra.Packaging;
using WhatsAppBuffer.Infra.Resources;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra;

/// <summary>The whole system, in the order a message takes: topic, function, table, stream, aggregator, event handler, Connect, and back.</summary>
internal sealed class WhatsAppBufferStack : Stack
{
    public WhatsAppBufferStack(Construct scope, DeploymentSettings settings, IFunctionPackages packages)
        : base(scope, settings.StackName, new StackProps
        {
            Description = "WhatsApp messages, buffered into coherent Amazon Connect chat messages",
            TerminationProtection = settings.KeepsData(),
            AnalyticsReporting = false,
        })
    {
        var key = new MessageKey(this, "MessageKey", new() { Settings = settings });
        ServiceTopic whatsAppIn = Topic("WhatsAppIn", Topics.WhatsAppIn, "social-messaging.amazonaws.com");
        ServiceTopic whatsAppOut = Topic("WhatsAppOut", Topics.WhatsAppOut, "connect.amazonaws.com");
        SpecTable rawMessages = Table("RawMessages", Tables.RawMessages);
        SpecTable activeConnections = Table("ActiveConnections", Tables.ActiveConnections);
        var media = new MediaBucket(this, "Media", new() { Settings = settings });
        var chat = new ChatConfiguration(this, "Chat", new() { Settings = settings, TopicInArn = whatsAppIn.Topic.TopicArn });

        PipelineFunction onRawMessages = Function("OnRawMessages", FunctionSpecs.OnRawMessages, WhenInvoked());
        onRawMessages.Tell(FunctionVariables.OfOnRawMessages(rawMessages.Table.TableName, settings.RetentionDays, onRawMessages.DeadLetters.Queue.QueueUrl));
        onRawMessages.Allow(["dynamodb:PutItem"], rawMessages.Table.TableArn);
        onRawMessages.Allow(["sqs:SendMessage"], onRawMessages.DeadLetters.Queue.QueueArn);
        WorkQueue? notifications = Queue("Notifications", FunctionSpecs.OnRawMessages, onRawMessages);
        whatsAppIn.Topic.AddSubscription(notifications is null
            ? new LambdaSubscription(onRawMessages.Function, new LambdaSubscriptionProps { DeadLetterQueue = onRawMessages.DeadLetters.Queue })
            : new SqsSubscription(notifications.Queue, new SqsSubscriptionProps { DeadLetterQueue = onRawMessages.DeadLetters.Queue }));

        PipelineFunction eventHandler = Function("WhatsAppEventHandler", FunctionSpecs.WhatsAppEventHandler, WhenInvoked());
        eventHandler.Tell(FunctionVariables.OfWhatsAppEventHandler(
            activeConnections.Table.TableName, whatsAppOut.Topic.TopicArn, chat.Config.ParameterName, eventHandler.DeadLetters.Queue.QueueUrl, settings.Chats));
        eventHandler.Allow(
            ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
            activeConnections.Table.TableArn);
        eventHandler.Allow(["sqs:SendMessage"], eventHandler.DeadLetters.Queue.QueueArn);
        eventHandler.Allow(["ssm:GetParameter"], chat.Config.ParameterArn);
        eventHandler.AllowConnect(settings);
        eventHandler.AllowWhatsApp();
        WorkQueue? wakeUps = Queue("WakeUps", FunctionSpecs.WhatsAppEventHandler, eventHandler);

        PipelineFunction aggregator = Function("MessageAggregator", FunctionSpecs.MessageAggregator, settings.HasSweep ? AsynchronousEvents.OfSchedule : null);
        aggregator.Tell(FunctionVariables.OfMessageAggregator(
            activeConnections.Table.TableName, settings.Wiring, wakeUps?.Queue.QueueUrl ?? eventHandler.Function.FunctionName, aggregator.DeadLetters.Queue.QueueUrl));
        // GetItem: it asks to see the item that made a condition fail.
        aggregator.Allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], activeConnections.Table.TableArn);
        aggregator.Allow(["sqs:SendMessage"], aggregator.DeadLetters.Queue.QueueArn);
        if (wakeUps is null)
        {
            aggregator.Allow(["lambda:InvokeFunction"], eventHandler.Function.FunctionArn);
        }
        else
        {
            aggregator.Allow(["sqs:SendMessage"], wakeUps.Queue.QueueArn);
        }

        if (settings.HasSweep)
        {
            aggregator.Allow(["dynamodb:Scan"], $"{activeConnections.Table.TableArn}/index/{Tables.ActiveConnections.Index!.Name}");
            _ = new SweepSchedule(this, "Sweep", new() { Settings = settings, Target = aggregator });
        }

        var buffer = new StreamBuffer(this, "Buffer", new() { Source = rawMessages, Target = aggregator, GivenUp = media, Settings = settings });

        var signals = new PipelineSignals(rawMessages, onRawMessages, aggregator, eventHandler, buffer, notifications, wakeUps);
        _ = new Alarms(this, "Alarms", new() { Settings = settings, Signals = signals, Key = key });
        var dashboard = new PipelineDashboard(this, "Dashboard", new() { Settings = settings, Signals = signals });

        Output("TopicInArn", whatsAppIn.Topic.TopicArn, "Paste into the event destination of AWS End User Messaging Social");
        Output("ConfigParameter", chat.Config.ParameterName, "Fill in the Amazon Connect instance and flow");
        Output("TopicOutArn", whatsAppOut.Topic.TopicArn, "What agents write");
        Output("MediaBucket", media.Bucket.BucketName, "Customers' media");
        Output("DashboardName", dashboard.Name, "CloudWatch dashboard");

        ServiceTopic Topic(string id, string name, string publisher) =>
            new(this, id, new() { Name = settings.NameOf(name), Publisher = publisher, Key = key });

        SpecTable Table(string id, TableSpec spec) => new(this, id, new() { Spec = spec, Settings = settings });

        PipelineFunction Function(string id, FunctionSpec spec, AsynchronousEvents? events) => new(this, id, new()
        {
            Spec = spec,
            Package = packages.Of(spec),
            Settings = settings,
            Events = events,
        });

        AsynchronousEvents? WhenInvoked() => settings.Wiring is Wiring.Guide ? AsynchronousEvents.Kept : null;

        WorkQueue? Queue(string id, FunctionSpec spec, PipelineFunction target) =>
            settings.Wiring is Wiring.Queues ? new(this, id, new() { Spec = spec, Target = target, Settings = settings }) : null;

        void Output(string id, string value, string description) =>
            _ = new CfnOutput(this, id, new CfnOutputProps { Value = value, Description = description });
    }
}
