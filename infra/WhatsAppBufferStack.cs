using Amazon.CDK;
using Amazon.CDK.AWS.SNS;
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
            TerminationProtection = settings.Protects(),
            AnalyticsReporting = false,
            Tags = settings.Tags.Count > 0 ? new Dictionary<string, string>(settings.Tags) : null,
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
        onRawMessages.Allow(["dynamodb:GetItem", "dynamodb:PutItem"], rawMessages.Table.TableArn);
        onRawMessages.Allow(["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"], activeConnections.Table.TableArn);
        onRawMessages.Allow(["sqs:SendMessage"], onRawMessages.DeadLetters.Queue.QueueArn);
        WorkQueue? notifications = Queue("Notifications", settings.Of(FunctionSpecs.OnRawMessages).Queue, onRawMessages);
        Subscribe(whatsAppIn, onRawMessages, notifications);

        PipelineFunction eventHandler = Function("WhatsAppEventHandler", FunctionSpecs.WhatsAppEventHandler, WhenInvoked());
        WorkQueue? wakeUps = Queue("WakeUps", settings.Of(FunctionSpecs.WhatsAppEventHandler).Queue, eventHandler);
        WorkQueue? customersFiles = Queue("CustomersFiles", settings.Of(FunctionSpecs.WhatsAppEventHandler).FilesQueue, eventHandler);
        eventHandler.Tell(FunctionVariables.OfWhatsAppEventHandler(
            activeConnections.Table.TableName, whatsAppOut.Topic.TopicArn, chat.Config.ParameterName, eventHandler.DeadLetters.Queue.QueueUrl,
            wakeUps?.Queue.QueueUrl, customersFiles?.Queue.QueueUrl, media.Bucket.BucketName, settings.Chats));
        eventHandler.Allow(
            ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
            activeConnections.Table.TableArn);
        eventHandler.Allow(["sqs:SendMessage"], eventHandler.DeadLetters.Queue.QueueArn);
        eventHandler.Allow(["ssm:GetParameter"], chat.Config.ParameterArn);
        eventHandler.AllowConnect(settings);
        eventHandler.AllowWhatsApp();
        eventHandler.AllowMedia(media);
        if (wakeUps is not null && customersFiles is not null)
        {
            eventHandler.Allow(["sqs:SendMessage"], wakeUps.Queue.QueueArn, customersFiles.Queue.QueueArn);
        }

        PipelineFunction aggregator = Function("MessageAggregator", FunctionSpecs.MessageAggregator, settings.HasSweep ? AsynchronousEvents.OfSchedule : null);
        aggregator.Tell(FunctionVariables.OfMessageAggregator(
            activeConnections.Table.TableName, settings.Wiring, wakeUps?.Queue.QueueUrl ?? eventHandler.Function.FunctionName, chat.Config.ParameterName, aggregator.DeadLetters.Queue.QueueUrl, settings.Release));
        // GetItem: it asks to see the item that made a condition fail.
        aggregator.Allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], activeConnections.Table.TableArn);
        aggregator.Allow(["sqs:SendMessage"], aggregator.DeadLetters.Queue.QueueArn);
        aggregator.Allow(["ssm:GetParameter"], chat.Config.ParameterArn);
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

        PipelineFunction connectEventHandler = Function("ConnectEventHandler", FunctionSpecs.ConnectEventHandler, WhenInvoked());
        connectEventHandler.Tell(FunctionVariables.OfConnectEventHandler(activeConnections.Table.TableName, connectEventHandler.DeadLetters.Queue.QueueUrl));
        connectEventHandler.Allow(
            ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
            activeConnections.Table.TableArn);
        connectEventHandler.Allow(["sqs:SendMessage"], connectEventHandler.DeadLetters.Queue.QueueArn);
        connectEventHandler.AllowWhatsApp();
        connectEventHandler.AllowFilesOfAgents();
        connectEventHandler.AllowNotices(settings);
        WorkQueue? replies = Queue("Replies", settings.Of(FunctionSpecs.ConnectEventHandler).Queue, connectEventHandler);
        WorkQueue? agentsFiles = Queue("AgentsFiles", settings.Of(FunctionSpecs.ConnectEventHandler).FilesQueue, connectEventHandler);
        if (agentsFiles is null)
        {
            Subscribe(whatsAppOut, connectEventHandler, replies, NotOfTheCustomer());
        }
        else
        {
            Subscribe(whatsAppOut, connectEventHandler, replies, NotOfTheCustomer((ReplyFilter.Type, AnythingBut(ReplyFilter.File))));
            Subscribe(whatsAppOut, connectEventHandler, agentsFiles, NotOfTheCustomer((ReplyFilter.Type, SubscriptionFilter.StringFilter(new StringConditions { Allowlist = [ReplyFilter.File] }))));
        }

        onRawMessages.Tell(FunctionVariables.OfOnRawMessages(
            rawMessages.Table.TableName, activeConnections.Table.TableName, settings.RetentionDays, onRawMessages.DeadLetters.Queue.QueueUrl, replies?.Queue.QueueUrl));
        if (replies is not null)
        {
            onRawMessages.Allow(["sqs:SendMessage"], replies.Queue.QueueArn);
        }

        PipelineFunction sendWhatsAppMessage = Function("SendWhatsAppMessage", FunctionSpecs.SendWhatsAppMessage, events: null);
        sendWhatsAppMessage.Tell(FunctionVariables.OfSendWhatsAppMessage(activeConnections.Table.TableName, chat.Templates.ParameterName));
        sendWhatsAppMessage.Allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"], activeConnections.Table.TableArn);
        sendWhatsAppMessage.Allow(["ssm:GetParameter"], chat.Templates.ParameterArn);
        sendWhatsAppMessage.AllowWhatsApp();
        sendWhatsAppMessage.LetFlowsInvoke(settings);

        var buffer = new StreamBuffer(this, "Buffer", new() { Source = rawMessages, Target = aggregator, GivenUp = media, Settings = settings });

        var signals = new PipelineSignals(whatsAppIn, whatsAppOut, rawMessages, onRawMessages, aggregator, eventHandler, connectEventHandler, sendWhatsAppMessage, buffer, notifications, wakeUps, replies, customersFiles, agentsFiles);
        var alarms = new Alarms(this, "Alarms", new() { Settings = settings, Signals = signals, Key = key });
        var dashboard = new PipelineDashboard(this, "Dashboard", new() { Settings = settings, Signals = signals, Alarms = alarms });

        Output("TopicInArn", whatsAppIn.Topic.TopicArn, "Paste into the event destination of AWS End User Messaging Social");
        Output("ConfigParameter", chat.Config.ParameterName, "Fill in the Amazon Connect instance and flow");
        Output("TemplateParameter", chat.Templates.ParameterName, "Fill in the business number and the templates that flows may send");
        Output("SendWhatsAppMessageArn", sendWhatsAppMessage.Function.FunctionArn, "Add to the Amazon Connect instance, so that its flows can invoke it");
        Output("TopicOutArn", whatsAppOut.Topic.TopicArn, "What agents write");
        Output("MediaBucket", media.Bucket.BucketName, "Customers' media");
        Output("ConfigCreatedWith", chat.CreatedWith, "What the parameter was created with, for the next deployment");
        Output("DeployedSettings", DeployedSettings.Write(settings), "What was chosen, for the next deployment");
        Output("DashboardName", dashboard.Name, "CloudWatch dashboard");

        ServiceTopic Topic(string id, string name, string publisher) =>
            new(this, id, new() { Name = settings.NameOf(name), Publisher = publisher, Key = key });

        SpecTable Table(string id, TableSpec spec) => new(this, id, new() { Spec = spec, Settings = settings });

        PipelineFunction Function(string id, FunctionSpec spec, AsynchronousEvents? events) => new(this, id, new()
        {
            Spec = settings.Of(spec),
            Package = packages.Of(spec),
            Settings = settings,
            Events = events,
        });

        AsynchronousEvents? WhenInvoked() => settings.Wiring is Wiring.Guide ? AsynchronousEvents.Kept : null;

        WorkQueue? Queue(string id, QueueSpec? spec, PipelineFunction target) =>
            settings.Wiring is Wiring.Queues ? new(this, id, new() { Spec = spec!, Target = target, Settings = settings }) : null;

        static void Subscribe(ServiceTopic topic, PipelineFunction function, WorkQueue? queue, Dictionary<string, SubscriptionFilter>? filter = null) => topic.Topic.AddSubscription(queue is null
            ? new LambdaSubscription(function.Function, new LambdaSubscriptionProps { DeadLetterQueue = function.DeadLetters.Queue, FilterPolicy = filter })
            : new SqsSubscription(queue.Queue, new SqsSubscriptionProps { DeadLetterQueue = function.DeadLetters.Queue, FilterPolicy = filter }));

        // As ReplyFilter says it.
        static Dictionary<string, SubscriptionFilter> NotOfTheCustomer(params IEnumerable<(string Attribute, SubscriptionFilter Filter)> others) =>
            others.Prepend((ReplyFilter.Attribute, AnythingBut(ReplyFilter.Customer))).ToDictionary(filter => filter.Item1, filter => filter.Item2);

        // The construct's own filters are either this or that.
        static SubscriptionFilter AnythingBut(string value) => new(
        [
            new Dictionary<string, object> { ["anything-but"] = new[] { value } },
            new Dictionary<string, object> { ["exists"] = false },
        ]);

        void Output(string id, string value, string description) =>
            _ = new CfnOutput(this, id, new CfnOutputProps { Value = value, Description = description });
    }
}
